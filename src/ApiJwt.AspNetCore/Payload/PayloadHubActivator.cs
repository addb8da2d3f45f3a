using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>
/// Makes hubs as the platform does, and remembers the hub of each call: its context has the caller on every transport, and
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
        // A hub that is registered belongs to the services.
        if (_isOurs)
            hub.Dispose();
    }
}
