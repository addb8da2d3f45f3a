extern alias DemoApi;

using ApiJwts.OpenApi;
using ApiJwts.Testing;
using Hudya.Tests.Readme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.KeyPerFile;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Program = DemoApi::Program;

namespace Hudya.Tests.AspNetCore;

/// <summary>This file and the telemetry test contain every snippet of the three READMEs. Only the indentation may differ.</summary>
public class The_readme_compiles
{
    [Theory]
    [InlineData("ApiJwt.AspNetCore.md", 20)]
    [InlineData("ApiJwt.OpenApi.md", 2)]
    [InlineData("ApiJwt.Testing.md", 3)]
    public async Task Every_snippet_of_the_READMEs_is_code_of_a_test(string name, int count)
    {
        string readme = await ReadAsync(name);
        string sources = await ReadAsync("The_readme_compiles.cs") + await ReadAsync("Telemetry_arrives_as_its_page_says.cs");
        string code = string.Join('\n', sources.Split('\n').Select(line => line.Trim()));

        string[] snippets = [.. readme.Split("```csharp\n").Skip(1).Select(rest => rest.Split("```")[0])];

        snippets.Should().HaveCountGreaterThanOrEqualTo(count);
        foreach (string snippet in snippets)
            code.Should().Contain(string.Join('\n', snippet.Split('\n').Select(line => line.Trim())).Trim());
    }

    [Fact]
    public async Task The_endpoints_of_the_README_work()
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(MapEndpoints, AddServices);

        (await app.GetTextAsync("/hello")).Should().Be("Hello");
        (await app.GetTextAsync("/hello", GuardedApp.Issue())).Should().Be("Hello ann");
        (await app.GetTextAsync("/me", GuardedApp.Issue())).Should().Be("ann");
        (await app.StatusOfAsync("/stock", GuardedApp.Issue("admin", null, "admin:all"))).Should().Be(HttpStatusCode.OK);
        (await app.StatusOfAsync("/.well-known/jwks.json")).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_tenants_and_the_CORS_settings_of_the_README_work()
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(
            app =>
            {
                app.UseCors();
                app.UseAuthentication();
                app.UseAuthorization();
                MapEndpoints(app);
            },
            builder =>
            {
                AddServices(builder);
                builder.Services.TrustTestTokens();
                builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
                    .WithOrigins("https://app.example.com").AllowAnyMethod().AllowAnyHeader().WithExposedHeaders("WWW-Authenticate", "Retry-After")));
            });
        HttpClient client = app.Client().WithToken(token => token.Extra("tenant", "acme"));
        client.DefaultRequestHeaders.Add("Origin", "https://app.example.com");

        (await client.GetStringAsync("/tenants/acme/orders", GuardedApp.Cancel)).Should().Be("orders");
        HttpResponseMessage refusal = await client.GetAsync("/tenants/other/orders", GuardedApp.Cancel);
        refusal.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        refusal.Headers.GetValues("Access-Control-Expose-Headers").Should().Equal("WWW-Authenticate,Retry-After");
    }

    [Fact]
    public async Task The_two_providers_of_the_README_work()
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(MapEndpoints, builder =>
        {
            builder.Configuration.AddInMemoryCollection(
            [
                new("Jwt:PublicKeys", TestKeys.Ours.PublicKeyPem), new("Jwt:Issuers", "auth_support"),
                new("Partner:PublicKeys", TestKeys.Second.PublicKeyPem), new("Partner:Issuers", "auth_partner"),
            ]);

            builder.Services.AddApiJwt<HudyaJwt>("Jwt").AddApiJwt<PartnerJwt>("Partner");
            builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>().AddApiJwt<PartnerJwt>("Partner");

            builder.Services.AddAuthorizationBuilder()
                .SetDefaultPolicy(new AuthorizationPolicyBuilder("Bearer", "Partner").RequireAuthenticatedUser().Build());

            builder.Services.AddSingleton<IUserIdProvider, UserOfIssuer>();
        });
        string ours = GuardedApp.Issue("support", null, "support:insurance");
        string theirs = PartnerJwt.Issue();

        (await app.GetTextAsync("/me", ours)).Should().Be("ann");
        (await app.GetTextAsync("/me", theirs)).Should().Be("bob");
        (await app.StatusOfAsync("/policies", ours)).Should().Be(HttpStatusCode.OK);
        (await app.StatusOfAsync("/theirs", theirs)).Should().Be(HttpStatusCode.OK);
        (await app.StatusOfAsync("/theirs", ours)).Should().Be(HttpStatusCode.Unauthorized);
        app.Services.GetRequiredService<IUserIdProvider>().Should().BeOfType<UserOfIssuer>();
    }

    [Fact]
    public async Task The_key_rotation_of_the_README_works()
    {
        HudyaJwt jwt = new(TestKeys.Issuing);
        string old = jwt.Encode(new TokenRequest { Subject = "ann" });
        RsaKeyPair next = TestKeys.Second;

        jwt.Keys.Rotate(next.PrivateKeyPem);

        (await jwt.DecodeAsync(old, GuardedApp.Cancel)).IsValid.Should().BeTrue();
        jwt.Keys.SigningKeyId.Should().Be(next.KeyId);
        jwt.Keys.Remove(TestKeys.Ours.KeyId);
        jwt.Decode(old).IsValid.Should().BeFalse();
    }

    [Fact]
    public async Task The_readiness_check_and_the_client_of_the_README_work()
    {
        await using AuthService auth = await AuthService.StartAsync(TestKeys.Ours);
        await using GuardedApp app = await GuardedApp.StartBareAsync(MapEndpoints, builder =>
        {
            builder.Configuration.AddInMemoryCollection(
                [new("Jwt:JwksUri", "https+http://auth/.well-known/jwks.json"), new("Services:auth:http:0", auth.KeySet.GetLeftPart(UriPartial.Authority))]);
            builder.Services.AddApiJwt<HudyaJwt>("Jwt");
            builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
            builder.Services.AddAuthorization();

            builder.Services.AddHealthChecks().AddApiJwt<HudyaJwt>();

            builder.Services.AddServiceDiscovery();
            builder.Services.AddHttpClient(ApiJwtDefaults.HttpClientName).AddServiceDiscovery();
        });

        (await app.GetTextAsync("/me", auth.Issue())).Should().Be("ann");
        (await app.HealthAsync()).Status.Should().Be(HealthStatus.Healthy);
    }

    [Fact]
    public async Task The_web_sockets_of_the_README_work()
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(MapHub, builder =>
        {
            AddKeys(builder);
            builder.Services.AddAuthorization().AddSignalR();

            builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>(options => options.AcceptTokenInWebSocketQuery("/chat"));
        });
        using var handshake = new HttpRequestMessage(HttpMethod.Get, "/chat?access_token=" + GuardedApp.Issue("support", null, "support:mobile"));
        handshake.Headers.Add("Upgrade", "websocket");

        // The request passes the guard. SignalR refuses it because the handshake is incomplete.
        (await app.Client().SendAsync(handshake, GuardedApp.Cancel)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await app.Client().GetAsync("/chat", GuardedApp.Cancel)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);

        static void MapHub(WebApplication app) =>
            app.MapHub<ChatHub>("/chat", options => options.CloseOnAuthenticationExpiration = true);
    }

    [Fact]
    public async Task The_revocations_of_the_README_work()
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(
            app =>
            {
                app.MapRevocations<HudyaJwt>();
                app.MapRevocation<HudyaJwt>("/logout");
            },
            builder =>
            {
                builder.Services.AddApiJwt<HudyaJwt>(options => options.PrivateKey = TestKeys.Ours.PrivateKeyPem);
                builder.Services.AddSignalR().CloseOnRevocation();
            });

        (await app.StatusOfAsync("/.well-known/revocations")).Should().Be(HttpStatusCode.OK);
        (await app.Client().PostAsync("/logout", null, GuardedApp.Cancel)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_OpenAPI_document_of_the_README_works()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app =>
            {
                app.MapOpenApi();
            },
            builder =>
            {
                builder.Services.AddOpenApi(options => options.AddApiJwt());
            });

        (await app.GetTextAsync("/openapi/v1.json")).Should().Contain("\"bearerFormat\": \"JWT\"");
    }

    [Fact]
    public async Task The_discovery_of_the_README_works()
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(MapMetadata, builder =>
        {
            builder.Services.AddApiJwt<StandardJwt>(options => options.PrivateKey = TestKeys.Ours.PrivateKeyPem);

            // Stock_software_needs_the_issuer_alone runs it.
            builder.Services.AddAuthentication().AddJwtBearer(options =>
            {
                options.Authority = "https://auth.example.com";
                options.Audience = "orders";
            });
        });

        (await app.GetTextAsync("/.well-known/openid-configuration")).Should().Contain("\"https://auth.example.com\"");

        static void MapMetadata(WebApplication app)
        {
            app.MapDiscovery<StandardJwt>("https://auth.example.com");
        }
    }

    [Fact]
    public async Task The_test_of_the_testing_README_works()
    {
        var factory = new WebApplicationFactory<Program>()
            .WithWebHostBuilder(host => host.ConfigureServices(services => services.TrustTestTokens()));
        HttpClient client = factory.CreateClient().WithToken(token => token.Subject("ann").Scopes("support:mobile").Level(3.1));

        (await client.GetStringAsync("/me", GuardedApp.Cancel)).Should().Be("ann");
        await factory.DisposeAsync();
    }

    [Fact]
    public void The_payload_of_the_testing_README_works()
    {
        VerifiedPayload caller = TestToken.Payload(claims => claims.Subject("ann").Key("support").Scopes("support:mobile").Extra("vip", true));

        (caller.Key, caller.HasScope("support:mobile"), caller.GetBoolean("vip")).Should().Be(("support", true, true));
    }

    [Fact]
    public void The_mounted_files_of_the_README_work()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();

        builder.Configuration.AddKeyPerFile("/run/secrets", optional: true);

        ((IConfigurationBuilder)builder.Configuration).Sources.Should().Contain(source => source is KeyPerFileConfigurationSource);
    }

    [Fact]
    public async Task The_token_of_the_testing_README_works()
    {
        string token = TestToken.Sign(claims => claims.Subject("ann").Issuer("auth_admin").Extra("department", "care"));

        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGet("/", (VerifiedPayload me) => $"{me.Subject} of {me.GetText("department")}").RequireKey("admin"),
            builder => builder.Services.TrustTestTokens());
        (await app.GetTextAsync("/", token)).Should().Be("ann of care");
    }

    private static void MapEndpoints(WebApplication app)
    {
        app.MapGet("/policies", () => "policies").RequireScope("support:insurance");
        app.MapPost("/payout", () => "paid").RequireScope("support:all").RequireLevel(3.1);
        app.MapGet("/admin", () => "settings").RequireKey("admin");
        app.MapGet("/me", (VerifiedPayload me) => me.Subject);
        app.MapJwks<HudyaJwt>();   // in the auth service only

        app.MapPost("/login", (HudyaJwt jwt) => jwt.Encode(new TokenRequest { Subject = "ann" }));

        app.MapGet("/hello", ([FromServices] VerifiedPayload? caller) => caller is null ? "Hello" : $"Hello {caller.Subject}");

        app.MapGet("/tenants/{tenant}/orders", (string tenant, VerifiedPayload me) =>
            me.GetText("tenant") == tenant ? Results.Text("orders") : Results.Forbid());

        app.MapGet("/orders", () => "in").WithMetadata(new RequireScopeAttribute("support:mobile", "support:power"));

        app.MapGet("/stock", () => "in").RequireAuthorization(policy => policy.RequireRole("admin").RequireClaim("scope", "admin:all"));

        app.MapGet("/theirs", () => "in").WithMetadata(new RequireScopeAttribute("partner:read") { AuthenticationSchemes = "Partner" });
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        AddKeys(builder);
        builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
        builder.Services.AddAuthorization();

        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("payout", policy => policy.RequireAnyScope("support:all", "support:power").RequireLevel(3.1));
    }

    private static void AddKeys(WebApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection([new("Jwt:PublicKeys:0", TestKeys.Ours.PublicKeyPem)]);
        builder.Services.AddApiJwt<HudyaJwt>("Jwt");
    }

    private static Task<string> ReadAsync(string name) => File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Readme", name), GuardedApp.Cancel);

    [RequireScope("support:mobile")]
    private sealed class ChatHub : Hub;

    internal sealed class UserOfIssuer : IUserIdProvider
    {
        public string? GetUserId(HubConnectionContext connection) =>
            connection.User.GetVerifiedPayload() is { HasSubject: true } payload ? $"{payload.Issuer} {payload.Subject}" : null;
    }
}
