using System.Diagnostics;
using System.Net.Http.Headers;
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

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Uri At(string path) => new(Client.BaseAddress!, path);

    /// <summary>Starts a service, on Linux with the file of the certificates that it trusts.</summary>
    public static async Task<Service> StartAsync(string assembly, string[] settings, string? trusted = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), "--urls=http://127.0.0.1:0", .. settings])
            start.ArgumentList.Add(argument);
        if (trusted is not null)
            start.Environment["SSL_CERT_FILE"] = trusted;
        var process = Process.Start(start)!;
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string?>();
        process.OutputDataReceived += (_, line) =>
        {
            lock (said)
                said.Add(line.Data);
            if (line.Data?.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and { } at)
                address.TrySetResult(new Uri(line.Data[(at + Listening.Length)..].Trim()));
            else if (line.Data is null)
                address.TrySetException(new InvalidOperationException($"{assembly} ended at once. It said: {string.Join('\n', said)}"));
        };
        process.ErrorDataReceived += (_, line) =>
        {
            lock (said)
                said.Add(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new Service(process, await address.Task.WaitAsync(Cancel));
    }

    /// <summary>Logs in at the auth service of the demo, and returns the token.</summary>
    public async Task<string> LogInAsync(string user = "ann", string password = "correct horse")
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Post, "/login", body: new { user, password });
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Dictionary<string, string>>(Cancel))!["token"];
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token = null, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await Client.SendAsync(request, Cancel);
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
