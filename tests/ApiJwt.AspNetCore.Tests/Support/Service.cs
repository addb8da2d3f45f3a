using System.Diagnostics;
using System.Net.Http.Json;

namespace Hudya.Tests.AspNetCore.Support;

/// <summary>A demo service in its own process, on a free port.</summary>
public sealed class Service : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;

    private Service(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address };
    }

    public HttpClient Client { get; }

    public Uri At(string path) => new(Client.BaseAddress!, path);

    public static Task<Service> StartAsync(string assembly, params string[] settings) => StartAsync(new Dictionary<string, string>(), assembly, settings);

    /// <summary>Starts a service with these environment variables.</summary>
    public static async Task<Service> StartAsync(IReadOnlyDictionary<string, string> environment, string assembly, params string[] settings)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), "--urls=http://127.0.0.1:0", .. settings])
            start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string?>();
        DataReceivedEventHandler hear = (_, line) =>
        {
            lock (said)
                said.Add(line.Data);
            if (line.Data?.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and { } at)
                address.TrySetResult(new Uri(line.Data[(at + Listening.Length)..].Trim()));
            else if (line.Data is null)
                address.TrySetException(new InvalidOperationException($"{assembly} ended at once. It said: {string.Join('\n', said)}"));
        };
        process.OutputDataReceived += hear;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (said)
                said.Add(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new Service(process, await address.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Logs in at the auth service of the demo, and returns the token.</summary>
    public async Task<string> LogInAsync(string user = "ann", string password = "correct horse")
    {
        using HttpResponseMessage answer = await Client.PostAsJsonAsync("/login", new { user, password }, TestContext.Current.CancellationToken);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Dictionary<string, string>>(TestContext.Current.CancellationToken))!["token"];
    }

    /// <summary>Kills the process, as a crash would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Client.Dispose();
        _process.Dispose();
    }
}
