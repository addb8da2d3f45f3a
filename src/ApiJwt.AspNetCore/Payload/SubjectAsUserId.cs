using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>Names the users of hubs by the subject of their token. The platform's own provider looks for a claim that these tokens do not have.</summary>
internal sealed class SubjectAsUserId : IUserIdProvider
{
    // For callers who came in by another scheme.
    private readonly DefaultUserIdProvider _others = new();

    public static void Register(IServiceCollection services)
    {
        // A provider of the application's own stays.
        if (!services.Any(service => service.ServiceType == typeof(IUserIdProvider) && service.ImplementationType != typeof(DefaultUserIdProvider)))
            services.Replace(ServiceDescriptor.Singleton<IUserIdProvider, SubjectAsUserId>());
    }

    public string? GetUserId(HubConnectionContext connection) =>
        connection.User.GetVerifiedPayload() is { HasSubject: true } payload ? payload.Subject : _others.GetUserId(connection);
}
