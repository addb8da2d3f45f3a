using ApiJwts.AspNetCore.Revoking;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiJwts.AspNetCore;

/// <summary>Closes connections to hubs whose token was withdrawn.</summary>
public static class ApiJwtSignalRBuilderExtensions
{
    /// <summary>
    /// Closes a connection to any hub as soon as this service knows that the token which it was opened with is withdrawn, and lets no call
    /// of it through after that. Without this, a connection lives on: a token is looked at when a connection is opened, and not again.
    /// </summary>
    /// <param name="builder">What <c>AddSignalR</c> returned.</param>
    public static TBuilder CloseOnRevocation<TBuilder>(this TBuilder builder)
        where TBuilder : ISignalRBuilder
    {
        builder.Services.TryAddSingleton<RevocationHubFilter>();
        builder.Services.Configure<HubOptions>(options => options.AddFilter<RevocationHubFilter>());
        return builder;
    }
}
