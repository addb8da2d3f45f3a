extern alias DemoApi;

using System.Net.Http.Headers;
using ApiJwts.Testing;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Hudya.Tests.AspNetCore;

public sealed class Tests_of_users_sign_real_tokens : IAsyncLifetime
{
    private readonly WebApplicationFactory<DemoApi::Program> _service = new WebApplicationFactory<DemoApi::Program>()
        .WithWebHostBuilder(host => host.ConfigureServices(services => services.TrustTestTokens()));

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task A_good_one_is_let_in()
    {
        HttpClient client = _service.CreateClient().WithToken(token => token.Subject("ann").Scopes("support:mobile").Level(3.1));

        (await client.GetStringAsync("/me", TestContext.Current.CancellationToken)).Should().Be("ann");
        (await GetAsync(client, "/contracts")).Should().Be(HttpStatusCode.OK);
        (await GetAsync(client, "/policies")).Should().Be(HttpStatusCode.Forbidden);
        (await client.PostAsync("/payout", null, TestContext.Current.CancellationToken)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_for_another_key_is_told_by_its_issuer() =>
        (await GetAsync(_service.CreateClient().WithToken(token => token.Issuer("auth_admin")), "/admin")).Should().Be(HttpStatusCode.OK);

    [Fact]
    public async Task An_expired_one_is_refused_by_the_real_verification() =>
        (await GetAsync(_service.CreateClient().WithToken(token => token.Scopes("support:mobile").Expired()), "/contracts")).Should().Be(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task A_forged_one_is_refused_by_the_real_verification() =>
        (await GetAsync(_service.CreateClient().WithToken(token => token.Scopes("support:mobile").Forged()), "/contracts")).Should().Be(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task A_withdrawn_one_is_refused_by_the_real_verification()
    {
        string before = TestToken.Sign(token => token.Scopes("support:mobile").Revoked());
        HttpClient client = _service.CreateClient();
        (await GetAsync(client.WithToken(token => token.Scopes("support:mobile")), "/contracts")).Should().Be(HttpStatusCode.OK);

        (await GetAsync(client.WithToken(token => token.Scopes("support:mobile").Revoked()), "/contracts")).Should().Be(HttpStatusCode.Unauthorized);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", before);
        (await GetAsync(client, "/contracts")).Should().Be(HttpStatusCode.Unauthorized, "the service learns of those made before it started as well");
    }

    /// <summary>As a service in production has them, where its tests cannot reach any of it.</summary>
    [Theory]
    [InlineData("PublicKeys", "no key")]
    [InlineData("PublicKeyFiles", "/no/file")]
    [InlineData("PrivateKey", "no key")]
    [InlineData("PrivateKeyFile", "/no/file")]
    [InlineData("CertificateFile", "/no/file")]
    [InlineData("JwksUri", "https://no.example/jwks")]
    [InlineData("RevocationsUri", "https://no.example/revocations")]
    public async Task Whatever_its_keys_are_in_production(string setting, string value)
    {
        await using WebApplicationFactory<DemoApi::Program> service = _service.WithWebHostBuilder(host => host.UseSetting($"Jwt:{setting}", value));

        (await GetAsync(service.CreateClient().WithToken(token => token.Scopes("support:mobile")), "/contracts")).Should().Be(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> GetAsync(HttpClient client, string path) =>
        (await client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode;
}
