using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Hudya.Tests.AspNetCore.Support;

/// <summary>SignalR clients of an app, which must listen on a port.</summary>
public static class Hubs
{
    public static void Listen(this WebApplicationBuilder builder) => builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");

    public static HubConnection Connection(this GuardedApp app, string path, string? token, HttpTransportType transport = HttpTransportType.WebSockets) =>
        new HubConnectionBuilder().WithUrl(app.Address + path, transport, options => options.AccessTokenProvider = () => Task.FromResult(token)).Build();

    public static async Task<HubConnection> ConnectAsync(
        this GuardedApp app, string path, string? token, HttpTransportType transport = HttpTransportType.WebSockets)
    {
        HubConnection connection = app.Connection(path, token, transport);
        await connection.StartAsync(GuardedApp.Cancel);
        return connection;
    }

    public static Task WaitForCloseAsync(this HubConnection connection) => Soon.ItIsTrueAsync(() => connection.State == HubConnectionState.Disconnected);
}
