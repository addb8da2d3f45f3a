using ApiJwts.AspNetCore.Revoking;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiJwts.AspNetCore;

/// <summary>Closes connections to hubs whose token was revoked.</summary>
public static class ApiJwtSignalRBuilderExtensions
{
    /// <summary>
    /// Closes the connection to a hub as soon as this service knows that the connection's token is revoked, and refuses further calls on
    /// it. Without this, the connection stays open, because a token is verified only when the connection is opened.
    /// </summary>
    /// <param name="builder">The builder that <c>AddSignalR</c> returned.</param>
    /// <returns>The same builder, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static TBuilder CloseOnRevocation<TBuilder>(this TBuilder builder)
        where TBuilder : ISignalRBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<RevocationHubFilter>();
        builder.Services.Configure<HubOptions>(options => options.AddFilter<RevocationHubFilter>());
        return builder;
    }
}
