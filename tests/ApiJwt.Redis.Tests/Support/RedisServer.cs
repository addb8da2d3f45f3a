using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Hudya.Tests.Redis.Support;

/// <summary>A real Redis on a port and in a folder of its own, which a test can kill, pause and start again.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("apijwt-redis-");
    private readonly string[] _settings;
    private Process? _process;

    private RedisServer(string[] settings) => _settings = settings;

    public int Port { get; } = FreePort();

    public string Connection => $"127.0.0.1:{Port}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>One that forgets everything when it ends, unless the settings say otherwise.</summary>
    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        var server = new RedisServer(settings);
        await server.StartAsync();
        return server;
    }

    /// <summary>One that has everything again after it was killed.</summary>
    public static Task<RedisServer> StartDurableAsync() => StartAsync("--appendonly", "yes", "--appendfsync", "always");

    public async Task StartAsync()
    {
        try
        {
            _process = Process.Start(new ProcessStartInfo("redis-server", ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _folder.FullName, "--save", "", .. _settings]) { RedirectStandardOutput = true })!;
        }
        catch (Win32Exception)
        {
            MissingProgram.Report("Redis was not run: redis-server is not installed. Install it with: bash tests/ApiJwt.Redis.Tests/install.sh");
        }

        // Ready, and not only listening: it says so after it has loaded its data.
        string? line;
        while ((line = await _process.StandardOutput.ReadLineAsync(Cancel)) is not null && !line.Contains("Ready to accept connections", StringComparison.Ordinal))
        {
        }

        line.Should().NotBeNull("redis-server should start");
        _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
    }

    /// <summary>Ends it at once, as a crash does.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _process = null;
    }

    /// <summary>Lets it answer nothing, with its connections open, until it is continued.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    public Task ContinueAsync() => SignalAsync("CONT");

    /// <summary>What a command answers, asked by a client that has nothing to do with the library's.</summary>
    public async Task<string> AskAsync(params string[] command)
    {
        using Process client = Process.Start(new ProcessStartInfo("redis-cli", ["-p", Port.ToString(CultureInfo.InvariantCulture), .. command]) { RedirectStandardOutput = true })!;
        string answer = await client.StandardOutput.ReadToEndAsync(Cancel);
        await client.WaitForExitAsync(Cancel);
        return answer.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    private async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", ["-s", signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancel);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
