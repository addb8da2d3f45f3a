using System.Security.Cryptography.X509Certificates;

namespace Hudya.Tests.AspNetCore;

/// <summary>Runs two processes: an auth service with <c>MapDiscovery</c> over TLS, and an API that does not use this library.</summary>
public sealed class Stock_software_needs_the_issuer_alone : IAsyncLifetime
{
    private readonly KeyFolder _folder = new();
    private Service _auth = null!;
    private Service _api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the stock API was not run: only on Linux does a variable make a process trust a certificate");
        using X509Certificate2 certificate = Loopback.Certificate();
        string trusted = _folder.Write("auth.pem", certificate.ExportCertificatePem());
        string key = _folder.Write("auth.key", certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        string issuer = $"https://localhost:{Loopback.FreePort()}";
        _auth = await Service.StartAsync(
            "Hudya.AuthService",
            [
                $"--urls=http://127.0.0.1:0;{issuer}", $"--Issuer={issuer}",
                $"--Kestrel:Certificates:Default:Path={trusted}", $"--Kestrel:Certificates:Default:KeyPath={key}",
            ]);
        _api = await Service.StartAsync("Hudya.StockApi", [$"--Authority={issuer}"], trusted);
    }

    public async ValueTask DisposeAsync()
    {
        if (_api is not null)
            await _api.DisposeAsync();
        if (_auth is not null)
            await _auth.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Stock_software_accepts_our_tokens_and_refuses_all_others()
    {
        string old = await LogInAsync();
        (await AskAsync(old)).Should().Be("ann orders:read orders:write");

        await _auth.Client.PostAsync("/rotate", null, Cancel);

        string good = await LogInAsync();
        string answer = "";
        // The stock scheme refuses the first tokens of a new key until it has fetched the key set again.
        for (int i = 0; i < 500 && !answer.StartsWith("ann", StringComparison.Ordinal); i++)
            answer = await AskAsync(good);
        answer.Should().Be("ann orders:read orders:write");
        (await AskAsync(old)).Should().Be("ann orders:read orders:write", "the earlier key is still published");
        (await AskAsync(await LogInAsync("admin"))).Should().Be("ann orders:read orders:write", "both keys share the issuer");

        string[] parts = good.Split('.');
        (await AskAsync(Forge.SignParts(parts[0], parts[1], TestKeys.ForeignKey))).Should().Be("401 invalid_token", "it is signed with another key");
        (await AskAsync(await LogInAsync("support"))).Should().Be("401 invalid_token", "it has another issuer");
        (await AskAsync(await LogInAsync(audience: "billing"))).Should().Be("401 invalid_token", "it is for another audience");
        (await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Hudya.StockApi.deps.json"), Cancel)).Should().NotContain("ApiJwt");
    }

    private async Task<string> LogInAsync(string key = "user", string audience = "orders")
    {
        HttpResponseMessage answer = await _auth.Client.PostAsync($"/login?key={key}&audience={audience}", null, Cancel);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancel);
    }

    /// <summary>The subject and scopes that the API reads from the token, or its refusal.</summary>
    private async Task<string> AskAsync(string token)
    {
        HttpResponseMessage answer = await _api.SendAsync(HttpMethod.Get, "/me", token);
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadAsStringAsync(Cancel)
            : $"{(int)answer.StatusCode} {answer.Headers.WwwAuthenticate.ToString().Split('"')[1]}";
    }
}
