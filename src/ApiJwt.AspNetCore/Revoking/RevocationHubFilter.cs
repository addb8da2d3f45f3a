using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace ApiJwts.AspNetCore.Revoking;

/// <summary>Tracks the connections to all hubs of the application, and closes a connection when its token is revoked.</summary>
internal sealed class RevocationHubFilter : IHubFilter, IDisposable
{
    private readonly ConcurrentDictionary<string, HubCallerContext> _connections = new(StringComparer.Ordinal);
    private readonly (string Scheme, RevocationList List)[] _lists;
    private int _isCheckScheduled;

    public RevocationHubFilter(IEnumerable<VerifyingScheme> schemes, IServiceProvider services)
    {
        _lists = [.. schemes.Select(scheme => (scheme.Name, scheme.Find(services).Revocations))];
        foreach ((_, RevocationList list) in _lists)
            list.Changed += ScheduleCheck;
    }

    public void Dispose()
    {
        foreach ((_, RevocationList list) in _lists)
            list.Changed -= ScheduleCheck;
    }

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        HubCallerContext connection = context.Context;
        _connections[connection.ConnectionId] = connection;
        connection.ConnectionAborted.Register(() => _connections.TryRemove(connection.ConnectionId, out _));
        // This order has no gap: a later revocation finds the connection in the list, an earlier one is found here.
        ThrowIfRevoked(connection);
        return next(context);
    }

    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        ThrowIfRevoked(invocationContext.Context);
        return next(invocationContext);
    }

    private void ThrowIfRevoked(HubCallerContext connection)
    {
        if (!IsRevoked(connection))
            return;
        connection.Abort();
        throw new HubException("The token was revoked.");
    }

    /// <summary>Asks the class of the scheme that authenticated the connection, or every class if the identity does not name a scheme.</summary>
    private bool IsRevoked(HubCallerContext connection)
    {
        foreach (VerifiedIdentity identity in connection.User?.Identities.OfType<VerifiedIdentity>() ?? [])
        {
            bool isNamed = Array.Exists(_lists, list => list.Scheme == identity.AuthenticationType);
            if (Array.Exists(_lists, list => (!isNamed || list.Scheme == identity.AuthenticationType) && list.List.IsRevoked(identity.Payload)))
                return true;
        }

        return false;
    }

    /// <summary>Combines many revocations into one pass over the connections, and does not block the caller.</summary>
    private void ScheduleCheck(object? sender, EventArgs change)
    {
        if (Interlocked.Exchange(ref _isCheckScheduled, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(_ => CloseRevoked(), null);
    }

    private void CloseRevoked()
    {
        Volatile.Write(ref _isCheckScheduled, 0);
        foreach (HubCallerContext connection in _connections.Values.Where(IsRevoked))
            connection.Abort();
    }
}
