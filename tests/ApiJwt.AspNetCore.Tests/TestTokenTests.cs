extern alias DemoApi;

using System.Net.Http.Headers;
using ApiJwts.Testing;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Hudya.Tests.AspNetCore;

/// <summary>Test tokens are signed, and the usual verification accepts or refuses them.</summary>
public sealed class TestTokenTests : IAsyncLifetime
{
    private readonly WebApplicationFactory<DemoApi::Program> _service = new WebApplicationFactory<DemoApi::Program>()
        .WithWebHostBuilder(host => host.ConfigureServices(services => services.TrustTestTokens()));

    /// <summary>A token, a path that requires a scope or a key, and the expected status.</summary>
    public static TheoryData<Action<TestToken>, string, HttpStatusCode> Tokens => new()
    {
        { token => token.Scopes("support:mobile"), "/contracts", HttpStatusCode.OK },
        { token => token.Scopes("support:mobile"), "/policies", HttpStatusCode.Forbidden },
        { token => token.Issuer("auth_admin"), "/admin", HttpStatusCode.OK },
        { token => token.Key("admin"), "/admin", HttpStatusCode.OK },
        { token => token.Scopes("support:mobile").Expired(), "/contracts", HttpStatusCode.Unauthorized },
        { token => token.Scopes("support:mobile").Forged(), "/contracts", HttpStatusCode.Unauthorized },
        { token => token.Scopes("support:mobile").Revoked(), "/contracts", HttpStatusCode.Unauthorized },
    };

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [MemberData(nameof(Tokens), DisableDiscoveryEnumeration = true)]
    public async Task A_test_token_is_verified_as_any_other(Action<TestToken> token, string path, HttpStatusCode expected) =>
        (await GetAsync(_service.CreateClient().WithToken(token), path)).Should().Be(expected);

    [Fact]
    public async Task A_token_has_the_subject_and_the_level_that_a_test_gives_it()
    {
        HttpClient client = _service.CreateClient().WithToken(token => token.Subject("ann").Scopes("support:mobile").Level(3.1));

        (await client.GetStringAsync("/me", GuardedApp.Cancel)).Should().Be("ann");
        (await client.PostAsync("/payout", null, GuardedApp.Cancel)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(null), InlineData(1)]
    public async Task A_token_that_was_revoked_before_the_service_started_is_refused(int? hours)
    {
        string before = TestToken.Sign(token =>
        {
            token.Scopes("support:mobile").Revoked();
            if (hours is not null)
                token.ExpiresAt(TimeProvider.System.GetUtcNow().AddHours(hours.Value));
        });
        HttpClient client = _service.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", before);

        (await GetAsync(client, "/contracts")).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("PublicKeys", "no key"), InlineData("PublicKeyFiles", "/no/file"), InlineData("PrivateKey", "no key"), InlineData("PrivateKeyFile", "/no/file")]
    [InlineData("CertificateFile", "/no/file"), InlineData("JwksUri", "https://no.example/jwks"), InlineData("RevocationsUri", "https://no.example/revocations")]
    public async Task Test_tokens_replace_every_kind_of_production_keys(string setting, string value)
    {
        await using WebApplicationFactory<DemoApi::Program> service = _service.WithWebHostBuilder(host => host.UseSetting($"Jwt:{setting}", value));

        (await GetAsync(service.CreateClient().WithToken(token => token.Scopes("support:mobile")), "/contracts")).Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("nowhere", "No service under test has the key 'nowhere'*Known keys:*admin*start the test host*Issuer*")]
    [InlineData("shared", "Several keys have the issuer of 'shared'*Issuer*Extra*")]
    [InlineData("twice", "The key 'twice' has different issuers in several services*Issuer*")]
    public async Task A_key_without_an_issuer_is_refused_with_what_to_do(string key, string message)
    {
        _ = _service.CreateClient();
        foreach (string issuer in (string[])["one", "two"])
        {
            await using GuardedApp app = await GuardedApp.StartBareAsync(_ => { }, builder => builder.Services.AddSingleton(new PlainJwt(TestKeys.Verifying, policy =>
            {
                policy.AllowSharedIssuers();
                policy.AllowKey("twice", issuer, []);
                policy.AllowKey("shared", "same", []);
                policy.AllowKey("sharing", "same", []);
            })).TrustTestTokens());
        }

        FluentActions.Invoking(() => TestToken.Sign(token => token.Key(key))).Should().Throw<ApiJwtException>().WithMessage(message);
    }

    [Fact]
    public async Task A_test_token_has_the_extras_that_a_test_gives_it()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGet("/", (VerifiedPayload me) => $"{me.GetText("team")} {me.GetInteger("limit")} {me.GetNumber("rate")} {me.GetBoolean("vip")} {string.Join('+', me.GetList("regions")!)} {string.Join('+', me.GetList("none")!)}"),
            builder => builder.Services.TrustTestTokens());
        HttpClient client = app.Client().WithToken(token => token.Extra("team", "red").Extra("limit", 3).Extra("rate", 3.5).Extra("vip", true).Extra("regions", "north", "west").Extra("none", []));

        (await client.GetStringAsync("/", GuardedApp.Cancel)).Should().Be("red 3 3.5 True north+west ");
    }

    [Fact]
    public void A_payload_is_made_without_a_host_unless_a_service_would_refuse_its_token()
    {
        VerifiedPayload caller = TestToken.Payload(token => token.Subject("ann").Key("owner").Level(3.1).Scopes("a", "b").Audience("orders").Extra("vip", true));
        (caller.Subject, caller.Key, caller.Level, caller.GetBoolean("vip")).Should().Be(("ann", "owner", 3.1, true));
        caller.Scopes.Should().BeEquivalentTo("a", "b");
        TestToken.Payload(_ => { }).Key.Should().BeNull();

        foreach ((Action<TestToken> configure, string failure) in ((Action<TestToken>, string)[])[(token => token.Expired(), "Expired"), (token => token.Forged(), "InvalidSignature"), (token => token.Revoked(), "Revoked")])
            FluentActions.Invoking(() => TestToken.Payload(configure)).Should().Throw<ApiJwtException>().WithMessage($"There is no payload*({failure})*TestToken.Sign*");
    }

    private static async Task<HttpStatusCode> GetAsync(HttpClient client, string path) => (await client.GetAsync(path, GuardedApp.Cancel)).StatusCode;
}
