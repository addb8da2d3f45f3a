using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>
/// Creates hubs as the default activator does, and keeps the hub of each call. The context of the hub has the caller on every transport.
/// <see cref="Microsoft.AspNetCore.Http.IHttpContextAccessor"/> does not.
/// </summary>
internal sealed class PayloadHubActivator<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicMethods)] THub>(
    IServiceProvider services, HubCall call) : IHubActivator<THub>
    where THub : Hub
{
    private static readonly ObjectFactory<THub> Make = ActivatorUtilities.CreateFactory<THub>([]);

    private bool _isOurs;

    public THub Create()
    {
        call.IsUnderWay = true;
        THub? registered = services.GetService<THub>();
        _isOurs = registered is null;
        THub hub = registered ?? Make(services, null);
        call.Hub = hub;
        return hub;
    }

    public void Release(THub hub)
    {
        // The service container disposes of a hub that is registered.
        if (_isOurs)
            hub.Dispose();
    }
}
