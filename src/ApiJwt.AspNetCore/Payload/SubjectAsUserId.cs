using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>Uses the subject of the token as the user id in hubs. The default provider reads a claim that these tokens do not have.</summary>
internal sealed class SubjectAsUserId : IUserIdProvider
{
    // For callers that another scheme authenticated.
    private readonly DefaultUserIdProvider _others = new();

    public static void Register(IServiceCollection services)
    {
        // A provider of the application takes precedence.
        if (!services.Any(service => service.ServiceType == typeof(IUserIdProvider) && service.ImplementationType != typeof(DefaultUserIdProvider)))
            services.Replace(ServiceDescriptor.Singleton<IUserIdProvider, SubjectAsUserId>());
    }

    public string? GetUserId(HubConnectionContext connection) =>
        connection.User.GetVerifiedPayload() is { HasSubject: true } payload ? payload.Subject : _others.GetUserId(connection);
}
