using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Hudya.Tests.Redis.Support;

/// <summary>A Redis server with its own port and folder, which a test can kill, pause and restart.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("apijwt-redis-");
    private readonly string[] _settings;
    private Process? _process;

    private RedisServer(string[] settings) => _settings = settings;

    public int Port { get; } = Loopback.FreePort();

    public string Connection => $"127.0.0.1:{Port}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts a Redis that loses its data when it ends, unless the settings change that.</summary>
    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        var server = new RedisServer(settings);
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts a Redis that keeps its data when it is killed.</summary>
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

        // Redis prints this line when it has loaded its data, which is later than it listens.
        string? line;
        while ((line = await _process.StandardOutput.ReadLineAsync(Cancel)) is not null && !line.Contains("Ready to accept connections", StringComparison.Ordinal))
        {
        }

        line.Should().NotBeNull("redis-server must start");
        _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
    }

    /// <summary>Kills the server, as a crash would.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _process = null;
    }

    /// <summary>Stops the process with its connections open, so that it does not answer until it is continued.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    public Task ContinueAsync() => SignalAsync("CONT");

    /// <summary>Sends a command with redis-cli, independently of the library, and returns the answer.</summary>
    public async Task<string> AskAsync(params string[] command)
    {
        using Process client = Process.Start(new ProcessStartInfo("redis-cli", ["-p", Port.ToString(CultureInfo.InvariantCulture), .. command]) { RedirectStandardOutput = true })!;
        string answer = await client.StandardOutput.ReadToEndAsync(Cancel);
        await client.WaitForExitAsync(Cancel);
        return answer.Trim();
    }

    /// <summary>Waits until the list of revoked tokens has this number of entries.</summary>
    public Task HasEntriesAsync(int count) =>
        Soon.ItIsTrueAsync(() => AskAsync("ZCARD", "apijwt:{SessionJwt}:revocations").GetAwaiter().GetResult() == count.ToString(CultureInfo.InvariantCulture));

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
}
