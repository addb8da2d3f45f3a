using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace Hudya.Tests.AspNetCore.Gateways;

/// <summary>A running gateway with a temporary folder, in front of a <see cref="Backend"/>.</summary>
internal sealed class Gateway : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly HttpClient _client;

    private Gateway(Process process, DirectoryInfo folder, int port)
    {
        _process = process;
        _folder = folder;
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>Starts a gateway with one key, or with the current and the next key.</summary>
    public static async Task<Gateway> StartAsync(GatewaySetup setup, Backend backend, RsaKeyPair key, RsaKeyPair? next = null)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("apijwt-gateway-");
        int port = Loopback.FreePort();
        RsaKeyPair[] keys = next is null ? [key] : [key, next];
        backend.Publish(keys);
        await WriteAsync(folder, "key.pem", key.PublicKeyPem);
        await WriteAsync(folder, "next.pem", keys[^1].PublicKeyPem);
        await WriteAsync(folder, "keys.pem", string.Concat(keys.Select(one => one.PublicKeyPem + "\n")));
        await WriteAsync(folder, "auth-service.pem", backend.Certificate);
        foreach ((string file, string text) in (next is null ? setup : setup.WithNextKey()).Files)
        {
            await WriteAsync(folder, file, text
                .Replace("*:8080", $"127.0.0.1:{port}", StringComparison.Ordinal)
                .Replace("127.0.0.1:5000", backend.Api.Authority, StringComparison.Ordinal)
                .Replace("https://auth.example.com/.well-known", $"https://{backend.AuthService.Authority}/.well-known", StringComparison.Ordinal)
                .Replace("NEXT_KEY_ID", keys[^1].KeyId, StringComparison.Ordinal)
                .Replace("KEY_ID", key.KeyId, StringComparison.Ordinal)
                .Replace("/etc/apijwt", folder.FullName, StringComparison.Ordinal));
        }

        Process process = Start(setup, folder.FullName);
        var gateway = new Gateway(process, folder, port);
        try
        {
            await gateway.WaitUntilItListensAsync(setup, port);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a request with this token, and returns the answer of the gateway or of the API behind it.</summary>
    public async Task<GatewayAnswer> AskAsync(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage response = await _client.SendAsync(request, GuardedApp.Cancel);
        Dictionary<string, string> seen = response.StatusCode == HttpStatusCode.OK ? (await response.Content.ReadFromJsonAsync<Dictionary<string, string>>(GuardedApp.Cancel))! : [];
        return new GatewayAnswer(
            response.StatusCode, response.Headers.WwwAuthenticate.FirstOrDefault()?.Scheme, new Dictionary<string, string>(seen, StringComparer.OrdinalIgnoreCase));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static Process Start(GatewaySetup setup, string folder)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("bash", [GatewaySetup.PathOf(setup.Script), folder])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception)
        {
            ReportMissing(setup);
            throw;
        }
    }

    private async Task WaitUntilItListensAsync(GatewaySetup setup, int port)
    {
        Task<string> output = _process.StandardOutput.ReadToEndAsync(GuardedApp.Cancel);
        Task<string> errors = _process.StandardError.ReadToEndAsync(GuardedApp.Cancel);
        while (!_process.HasExited)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, GuardedApp.Cancel);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20, GuardedApp.Cancel);
            }
        }

        if (_process.ExitCode == 127)
            ReportMissing(setup);
        throw new InvalidOperationException($"{setup.Name} ended at once. It said: {await output}{await errors}");
    }

    private static void ReportMissing(GatewaySetup setup) =>
        MissingProgram.Report($"{setup.Name} was not run: it, or a module of it, is not installed. Install it with: bash tests/ApiJwt.AspNetCore.Tests/Gateways/install.sh");

    private static Task WriteAsync(DirectoryInfo folder, string file, string text) => File.WriteAllTextAsync(Path.Combine(folder.FullName, file), text, GuardedApp.Cancel);
}
