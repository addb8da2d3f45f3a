using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.AspNetCore;

public class Several_schemes_stand_side_by_side
{
    private static readonly PartnerJwt PartnerAuthService = new(new ApiJwtOptions { PrivateKey = TestKeys.Second.PrivateKeyPem });

    [Fact]
    public async Task Each_with_its_own_keys_and_policy()
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(
            app =>
            {
                app.MapGet("/ours", () => "").RequireScope("support:mobile");
                app.MapGet("/theirs", (VerifiedPayload caller) => caller.Key)
                    .WithMetadata(new RequireScopeAttribute("partner:read") { AuthenticationSchemes = "Partner" });
                app.MapGet("/either", (HttpContext context) => context.GetVerifiedPayload()!.Issuer)
                    .RequireAuthorization(new AuthorizationPolicyBuilder("Bearer", "Partner").RequireAnyScope("support:mobile", "partner:read").Build());
            },
            builder =>
            {
                builder.Services.AddApiJwt<HudyaJwt>(options => options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem));
                builder.Services.AddApiJwt<PartnerJwt>(options => options.PublicKeys.Add(TestKeys.Second.PublicKeyPem));
                builder.Services.AddAuthentication("Bearer").AddApiJwt<HudyaJwt>().AddApiJwt<PartnerJwt>("Partner");
                builder.Services.AddAuthorization();
            });
        string ours = GuardedApp.Issue("support", null, "support:mobile");
        string theirs = PartnerAuthService.Encode(new TokenRequest { Subject = "bob", Key = "partner", Scopes = ["partner:read"] });

        (await app.GetAsync("/ours", ours)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await app.GetAsync("/ours", theirs)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await app.GetTextAsync("/theirs", theirs)).Should().Be("partner");
        (await app.GetAsync("/theirs", ours)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await app.GetTextAsync("/either", ours)).Should().Be("auth_support");
        (await app.GetTextAsync("/either", theirs)).Should().Be("auth_partner");
        app.Log.Lines.Should().NotContain(line => line.Contains("Refused a token", StringComparison.Ordinal), "each class leaves the other's tokens alone");
    }

    /// <summary>Those of the default policy do not get in beside the one that is named.</summary>
    [Theory]
    [InlineData("/attribute")]
    [InlineData("/policy")]
    [InlineData("/attribute-and-payload")]
    [InlineData("/policy-and-payload")]
    [InlineData("/attribute-and-level")]
    [InlineData("/policy-and-level")]
    [InlineData("/named-policy-and-level")]
    [InlineData("/stock-and-scope")]
    public async Task An_endpoint_may_take_tokens_of_one_alone_where_the_default_policy_has_both(string path)
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(
            app =>
            {
                app.MapGet("/attribute", () => "").WithMetadata(new RequireAnyScopeAttribute("support:mobile", "partner:read") { AuthenticationSchemes = "Partner" });
                app.MapGet("/policy", () => "").RequireAuthorization(policy => policy.AddAuthenticationSchemes("Partner").RequireAnyScope("support:mobile", "partner:read"));
                app.MapGet("/attribute-and-payload", (VerifiedPayload _) => "").WithMetadata(new RequireAnyScopeAttribute("support:mobile", "partner:read") { AuthenticationSchemes = "Partner" });
                app.MapGet("/policy-and-payload", (VerifiedPayload _) => "").RequireAuthorization(policy => policy.AddAuthenticationSchemes("Partner").RequireAuthenticatedUser());
                app.MapGet("/attribute-and-level", () => "").RequireLevel(2).WithMetadata(new RequireAnyScopeAttribute("support:mobile", "partner:read") { AuthenticationSchemes = "Partner" });
                app.MapGet("/policy-and-level", () => "").RequireLevel(2).RequireAuthorization(policy => policy.AddAuthenticationSchemes("Partner").RequireAuthenticatedUser());
                app.MapGet("/named-policy-and-level", () => "").RequireLevel(2).RequireAuthorization("theirs");
                app.MapGet("/stock-and-scope", () => "").RequireAnyScope("support:mobile", "partner:read").RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = "Partner" });
                app.MapGet("/either", () => "").RequireAnyScope("support:mobile", "partner:read");
            },
            builder =>
            {
                builder.Services.AddApiJwt<HudyaJwt>(options => options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem));
                builder.Services.AddApiJwt<PartnerJwt>(options => options.PublicKeys.Add(TestKeys.Second.PublicKeyPem));
                builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>().AddApiJwt<PartnerJwt>("Partner");
                builder.Services.AddAuthorizationBuilder()
                    .SetDefaultPolicy(new AuthorizationPolicyBuilder("Bearer", "Partner").RequireAuthenticatedUser().Build())
                    .AddPolicy("theirs", policy => policy.AddAuthenticationSchemes("Partner").RequireAuthenticatedUser());
            });
        string ours = GuardedApp.Issue("support", 3, "support:mobile");
        string theirs = PartnerAuthService.Encode(new TokenRequest { Subject = "bob", Key = "partner", Level = 3, Scopes = ["partner:read"] });

        (await app.GetAsync("/either", ours)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await app.GetAsync("/either", theirs)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await app.GetAsync(path, theirs)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await app.GetAsync(path, ours)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    /// <summary>A scheme that verifies no tokens, such as one for cookies, opens the guard to no others.</summary>
    [Theory]
    [InlineData("/attribute", false, true)]
    [InlineData("/attribute-and-payload", false, true)]
    [InlineData("/attribute-and-stock", false, true)]
    [InlineData("/stock-and-payload", false, true)]
    [InlineData("/cookies-and-payload", false, false)]
    [InlineData("/forwarded", true, false)]
    [InlineData("/forwarded-and-payload", true, false)]
    [InlineData("/forwarded-or-theirs", true, true)]
    public async Task A_guard_may_name_a_scheme_that_verifies_nothing_or_forwards_to_one_that_does(string path, bool takesOurs, bool takesTheirs)
    {
        string[] scopes = ["support:mobile", "partner:read"];
        await using GuardedApp app = await GuardedApp.StartBareAsync(
            app =>
            {
                app.MapGet("/attribute", () => "").WithMetadata(Naming("Partner,Cookies"));
                app.MapGet("/attribute-and-payload", (VerifiedPayload _) => "").WithMetadata(Naming("Partner,Cookies"));
                app.MapGet("/attribute-and-stock", () => "").RequireAuthorization().WithMetadata(Naming("Partner,Cookies"));
                app.MapGet("/stock-and-payload", (VerifiedPayload _) => "").RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = "Partner,Cookies" });
                app.MapGet("/cookies-and-payload", (VerifiedPayload _) => "").RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = "Cookies" });
                app.MapGet("/forwarded", () => "").WithMetadata(Naming("Forwarding"));
                app.MapGet("/forwarded-and-payload", (VerifiedPayload _) => "").WithMetadata(Naming("Forwarding"));
                app.MapGet("/forwarded-or-theirs", () => "").WithMetadata(Naming("Forwarding,Partner"));
            },
            builder =>
            {
                builder.Services.AddApiJwt<HudyaJwt>(options => options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem));
                builder.Services.AddApiJwt<PartnerJwt>(options => options.PublicKeys.Add(TestKeys.Second.PublicKeyPem));
                builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>().AddApiJwt<PartnerJwt>("Partner")
                    .AddCookie("Cookies", options => options.Events.OnRedirectToLogin = context => Task.FromResult(context.Response.StatusCode = 401))
                    .AddPolicyScheme("Forwarding", null, options => options.ForwardDefault = "Bearer");
                builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(new AuthorizationPolicyBuilder("Bearer", "Partner").RequireAuthenticatedUser().Build());
            });
        string ours = GuardedApp.Issue("support", 3, "support:mobile");
        string theirs = PartnerAuthService.Encode(new TokenRequest { Subject = "bob", Key = "partner", Level = 3, Scopes = ["partner:read"] });

        (await app.GetAsync(path, ours)).StatusCode.Should().Be(takesOurs ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
        (await app.GetAsync(path, theirs)).StatusCode.Should().Be(takesTheirs ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);

        RequireAnyScopeAttribute Naming(string schemes) => new(scopes) { AuthenticationSchemes = schemes };
    }

    /// <summary>A method of a hub is asked for after the connection was authenticated, by whatever scheme.</summary>
    [Fact]
    public async Task A_method_of_a_hub_too()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(app => { }, builder =>
        {
            builder.Services.AddApiJwt<PartnerJwt>(options => options.PublicKeys.Add(TestKeys.Second.PublicKeyPem));
            builder.Services.AddAuthentication("Bearer").AddApiJwt<PartnerJwt>("Partner");
        });
        var policies = app.Services.GetRequiredService<IAuthorizationPolicyProvider>();
        AuthorizationPolicy? ofMethod = await AuthorizationPolicy.CombineAsync(policies, [new RequireScopeAttribute("support:mobile") { AuthenticationSchemes = "Partner" }]);

        (await MaySendAsync("Bearer")).Should().BeFalse();
        (await MaySendAsync("Partner")).Should().BeTrue();

        async Task<bool> MaySendAsync(string scheme)
        {
            string token = GuardedApp.Issue("support", null, "support:mobile");
            var result = await app.Services.GetRequiredService<HudyaJwt>().TokenHandler.ValidateTokenAsync(token, new() { AuthenticationType = scheme });
            return (await app.Services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(new(result.ClaimsIdentity), ofMethod!)).Succeeded;
        }
    }

    private sealed class PartnerJwt : ApiJwt
    {
        public PartnerJwt(ApiJwtOptions options, ILogger<PartnerJwt>? logger = null)
            : base(options, logger) => Policy.AllowKey("partner", issuer: "auth_partner", scopes: ["partner:read"]);
    }
}
