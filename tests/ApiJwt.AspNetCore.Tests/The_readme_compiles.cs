extern alias DemoApi;

using ApiJwts.Testing;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Configuration;
using Program = DemoApi::Program;

namespace Hudya.Tests.AspNetCore;

/// <summary>Every snippet of the two READMEs stands in this file, to the letter but for the indentation.</summary>
public class The_readme_compiles
{
    [Theory]
    [InlineData("ApiJwt.AspNetCore.md", 8)]
    [InlineData("ApiJwt.Testing.md", 2)]
    public async Task Every_snippet_of_it_is_code_of_this_file(string name, int count)
    {
        string readme = await ReadAsync(name);
        string code = string.Join('\n', (await ReadAsync("The_readme_compiles.cs")).Split('\n').Select(line => line.Trim()));

        string[] snippets = [.. readme.Split("```csharp\n").Skip(1).Select(rest => rest.Split("```")[0])];

        snippets.Should().HaveCountGreaterThanOrEqualTo(count);
        foreach (string snippet in snippets)
            code.Should().Contain(string.Join('\n', snippet.Split('\n').Select(line => line.Trim())).Trim());
    }

    [Fact]
    public async Task And_it_does_what_the_readme_says()
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(MapEndpoints, AddServices);

        (await app.GetTextAsync("/hello")).Should().Be("Hello");
        (await app.GetTextAsync("/hello", GuardedApp.Issue())).Should().Be("Hello ann");
        (await app.GetTextAsync("/me", GuardedApp.Issue())).Should().Be("ann");
        (await app.GetAsync("/stock", GuardedApp.Issue("admin", null, "admin:all"))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await app.GetAsync("/theirs", GuardedApp.Issue())).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await app.GetAsync("/.well-known/jwks.json")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task As_do_its_web_sockets()
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(MapHub, AddWebSockets);
        using var handshake = new HttpRequestMessage(HttpMethod.Get, "/chat?access_token=" + GuardedApp.Issue("support", null, "support:mobile"));
        handshake.Headers.Add("Upgrade", "websocket");

        // Past the guard, the hub misses what only a handshake has.
        (await app.Client().SendAsync(handshake, GuardedApp.Cancel)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await app.Client().GetAsync("/chat", GuardedApp.Cancel)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);

        static void MapHub(WebApplication app) =>
            app.MapHub<ChatHub>("/chat", options => options.CloseOnAuthenticationExpiration = true);
    }

    [Fact]
    public async Task As_do_its_withdrawals()
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(MapWithdrawals, AddWithdrawals);

        (await app.GetAsync("/.well-known/revocations")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await app.Client().PostAsync("/logout", null, GuardedApp.Cancel)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);

        static void MapWithdrawals(WebApplication app)
        {
            app.MapRevocations<HudyaJwt>();
            app.MapRevocation<HudyaJwt>("/logout");
        }

        static void AddWithdrawals(WebApplicationBuilder builder)
        {
            builder.Services.AddApiJwt<HudyaJwt>(options => options.PrivateKey = TestKeys.Ours.PrivateKeyPem);
            builder.Services.AddSignalR().CloseOnRevocation();
        }
    }

    [Fact]
    public async Task As_do_its_tests()
    {
        var factory = new WebApplicationFactory<Program>()
            .WithWebHostBuilder(host => host.ConfigureServices(services => services.TrustTestTokens()));
        HttpClient client = factory.CreateClient().WithToken(token => token.Subject("ann").Scopes("support:mobile").Level(3.1));

        (await client.GetStringAsync("/me", GuardedApp.Cancel)).Should().Be("ann");
        await factory.DisposeAsync();
    }

    [Fact]
    public async Task As_does_a_token_alone()
    {
        string token = TestToken.Sign(claims => claims.Subject("ann").Issuer("auth_admin").Extra("department", "care"));

        await using GuardedApp app = await GuardedApp.StartBareAsync(MapAdmin, builder =>
        {
            AddKeys(builder);
            builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
            builder.Services.AddAuthorization();
            builder.Services.TrustTestTokens();
        });
        (await app.GetTextAsync("/", token)).Should().Be("ann of care");

        static void MapAdmin(WebApplication app) => app.MapGet("/", (VerifiedPayload me) => $"{me.Subject} of {me.GetText("department")}").RequireKey("admin");
    }

    private static void MapEndpoints(WebApplication app)
    {
        app.MapGet("/policies", () => "policies").RequireScope("support:insurance");
        app.MapPost("/payout", () => "paid").RequireScope("support:all").RequireLevel(3.1);
        app.MapGet("/admin", () => "settings").RequireKey("admin");
        app.MapGet("/me", (VerifiedPayload me) => me.Subject);
        app.MapJwks<HudyaJwt>();

        app.MapPost("/login", (HudyaJwt jwt) => jwt.Encode(new TokenRequest { Subject = "ann" }));

        app.MapGet("/hello", ([FromServices] VerifiedPayload? caller) => caller is null ? "Hello" : $"Hello {caller.Subject}");

        app.MapGet("/stock", () => "in").RequireAuthorization(policy => policy.RequireRole("admin").RequireClaim("scope", "admin:all"));

        app.MapGet("/theirs", () => "in").WithMetadata(new RequireScopeAttribute("partner:read") { AuthenticationSchemes = "Partner" });
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        AddKeys(builder);
        builder.Services.AddApiJwt<PartnerJwt>(options => options.PublicKeys.Add(TestKeys.Second.PublicKeyPem));

        builder.Services.AddAuthentication("Bearer").AddApiJwt<HudyaJwt>().AddApiJwt<PartnerJwt>("Partner");

        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("payout", policy => policy.RequireAnyScope("support:all", "support:power").RequireLevel(3.1));
    }

    private static void AddWebSockets(WebApplicationBuilder builder)
    {
        AddKeys(builder);
        builder.Services.AddAuthorization();
        builder.Services.AddSignalR();

        builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>(options => options.AcceptTokenInWebSocketQuery("/chat"));
    }

    private static void AddKeys(WebApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection([new("Jwt:PublicKeys:0", TestKeys.Ours.PublicKeyPem)]);
        builder.Services.AddApiJwt<HudyaJwt>("Jwt");
    }

    [Fact]
    public async Task As_do_its_first_three_lines()
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(app => app.MapGet("/", () => "in").RequireKey("support"), builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("Jwt:PublicKeys:0", TestKeys.Ours.PublicKeyPem)]);
            builder.Services.AddApiJwt<HudyaJwt>("Jwt");
            builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
            builder.Services.AddAuthorization();
        });

        (await app.GetTextAsync("/", GuardedApp.Issue())).Should().Be("in");
    }

    private static Task<string> ReadAsync(string name) => File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Readme", name), GuardedApp.Cancel);

    [RequireScope("support:mobile")]
    private sealed class ChatHub : Hub;

    private sealed class PartnerJwt(ApiJwtOptions options) : ApiJwt(options);
}
