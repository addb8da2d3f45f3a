extern alias DemoApi;

using System.Net.Http.Headers;
using ApiJwts.Testing;
using Hudya.Tests.AspNetCore.Support;
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
    public async Task Or_by_the_key_as_the_guards_say_it() =>
        (await GetAsync(_service.CreateClient().WithToken(token => token.Key("admin")), "/admin")).Should().Be(HttpStatusCode.OK);

    [Theory]
    [InlineData("nowhere", "No service under test has the key 'nowhere'*Known keys:*admin*start the test host*Issuer*")]
    [InlineData("shared", "Several keys have the issuer of 'shared'*Issuer*Extra*")]
    [InlineData("twice", "The key 'twice' has different issuers in several services*Issuer*")]
    public async Task A_key_that_no_issuer_stands_for_is_refused_with_what_to_do(string key, string message)
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
    public async Task Extras_are_values()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGet("/", (VerifiedPayload me) => $"{me.GetText("team")} {me.GetInteger("limit")} {me.GetNumber("rate")} {me.GetBoolean("vip")} {string.Join('+', me.GetList("regions")!)} {string.Join('+', me.GetList("none")!)}"),
            builder => builder.Services.TrustTestTokens());

        HttpClient client = app.Client().WithToken(token => token.Extra("team", "red").Extra("limit", 3).Extra("rate", 3.5).Extra("vip", true).Extra("regions", "north", "west").Extra("none", []));

        (await client.GetStringAsync("/", GuardedApp.Cancel)).Should().Be("red 3 3.5 True north+west ");
    }

    [Fact]
    public void Or_get_a_payload_without_a_host()
    {
        VerifiedPayload caller = TestToken.Payload(token => token.Subject("ann").Key("owner").Level(3.1).Scopes("a", "b").Audience("orders").Extra("vip", true));

        (caller.Subject, caller.Key, caller.Level, caller.GetBoolean("vip")).Should().Be(("ann", "owner", 3.1, true));
        caller.Scopes.Should().BeEquivalentTo("a", "b");
        TestToken.Payload(_ => { }).Key.Should().BeNull();
    }

    [Fact]
    public void But_none_of_a_token_that_a_service_refuses()
    {
        foreach ((Action<TestToken> configure, string failure) in ((Action<TestToken>, string)[])[(token => token.Expired(), "Expired"), (token => token.Forged(), "InvalidSignature"), (token => token.Revoked(), "Revoked")])
            FluentActions.Invoking(() => TestToken.Payload(configure)).Should().Throw<ApiJwtException>().WithMessage($"There is no payload*({failure})*TestToken.Sign*");
    }

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
