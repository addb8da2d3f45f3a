using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Authorization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hudya.Tests.AspNetCore.Authorization;

/// <summary>Tests guards on endpoints, groups, policies and actions, as methods and as attributes.</summary>
public sealed class GuardTests(SharedApp<GuardTests> shared) : IClassFixture<SharedApp<GuardTests>>, IStartsApp
{
    private const string Mobile = "support:mobile";
    private const string Power = "support:power";

    private readonly GuardedApp _app = shared.App;

    /// <summary>The path, the key, level and scopes of the caller, and the expected status.</summary>
    public static TheoryData<string, string, double, string, HttpStatusCode> Callers => new()
    {
        { "/policies", "support", 0, "support:insurance", HttpStatusCode.OK },
        { "/policies", "support", 0, Power, HttpStatusCode.Forbidden },
        { "/payout", "support", 3.1, "support:all", HttpStatusCode.OK },
        { "/payout", "support", 4, "support:all", HttpStatusCode.OK },
        { "/payout", "support", 3, "support:all", HttpStatusCode.Unauthorized },
        { "/payout", "support", 3.1, Mobile, HttpStatusCode.Forbidden },
        { "/admin", "admin", 0, "admin:all", HttpStatusCode.OK },
        { "/admin", "support", 0, "support:all", HttpStatusCode.Forbidden },
        { "/me", "user", 0, "NO", HttpStatusCode.OK },
        { "/all", "support", 2, Mobile, HttpStatusCode.Forbidden },
        { "/all", "support", 2, $"{Mobile},{Power}", HttpStatusCode.OK },
        { "/any", "support", 2, Power, HttpStatusCode.OK },
        { "/any", "support", 2, "support:all", HttpStatusCode.Forbidden },
        { "/twice", "support", 2, Mobile, HttpStatusCode.Forbidden },
        { "/twice", "support", 2, $"{Mobile},{Power}", HttpStatusCode.OK },
        { "/group/inside", "support", 2, Power, HttpStatusCode.Forbidden },
        { "/group/inside", "support", 2, $"{Mobile},{Power}", HttpStatusCode.OK },
        { "/policy", "support", 2, Mobile, HttpStatusCode.OK },
        { "/policy", "support", 2, Power, HttpStatusCode.Forbidden },
        { "/actions/mobile", "support", 0, Mobile, HttpStatusCode.OK },
        { "/actions/mobile", "support", 0, Power, HttpStatusCode.Forbidden },
        { "/actions/any", "support", 0, Power, HttpStatusCode.OK },
        { "/actions/any", "support", 0, "support:all", HttpStatusCode.Forbidden },
        { "/actions/strong", "support", 3.1, "support:all", HttpStatusCode.OK },
        { "/actions/strong", "support", 3, "support:all", HttpStatusCode.Unauthorized },
        { "/actions/admin", "admin", 0, "admin:all", HttpStatusCode.OK },
        { "/actions/admin", "support", 0, "support:all", HttpStatusCode.Forbidden },
    };

    public static TheoryData<AuthorizeAttribute> Attributes =>
    [
        new RequireScopeAttribute(Mobile),
        new RequireAnyScopeAttribute(Mobile, "support:all"),
        new RequireLevelAttribute(3.1),
        new RequireKeyAttribute("support", "a, \"key\" with: everything"),
    ];

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task A_token_passes_the_guards_that_it_should(string path, string key, double level, string scopes, HttpStatusCode expected) =>
        (await _app.StatusOfAsync(path, GuardedApp.Issue(key, level, scopes.Split(',')))).Should().Be(expected);

    [Fact]
    public async Task No_guard_is_passed_without_a_token()
    {
        foreach (string path in Callers.Select(row => row.Data.Item1).Distinct())
        {
            HttpResponseMessage answer = await _app.GetAsync(path);
            (answer.StatusCode, answer.Headers.WwwAuthenticate.ToString()).Should().Be((HttpStatusCode.Unauthorized, "Bearer"), path);
        }
    }

    [Fact]
    public async Task A_user_without_a_payload_passes_no_guard()
    {
        await using GuardedApp app = await StartAsync(services =>
            services.AddAuthentication("Other").AddScheme<AuthenticationSchemeOptions, EverybodyIsAnn>("Other", null));

        (await app.StatusOfAsync("/stock")).Should().Be(HttpStatusCode.OK, "the other scheme accepts every caller");
        foreach (string path in (string[])["/policies", "/any", "/level", "/key", "/me"])
            ((int)await app.StatusOfAsync(path)).Should().BeGreaterThanOrEqualTo(400, path);
    }

    [Theory]
    [MemberData(nameof(Attributes), DisableDiscoveryEnumeration = true)]
    public async Task An_attribute_also_guards_as_an_MVC_filter(AuthorizeAttribute attribute)
    {
        await using GuardedApp app = await StartAsync(services => services.Configure<MvcOptions>(options => options.Filters.Add(new AuthorizeFilter([attribute]))));

        (await app.StatusOfAsync("/actions/open", GuardedApp.Issue("support", 3.1, Mobile))).Should().Be(HttpStatusCode.OK);
        ((int)await app.StatusOfAsync("/actions/open", GuardedApp.Issue("user", 3.0, "user:all"))).Should().BeGreaterThanOrEqualTo(400);
    }

    [Fact]
    public async Task An_attribute_is_a_requirement_of_the_policies_that_are_combined_with_it()
    {
        var provider = _app.Services.GetRequiredService<IAuthorizationPolicyProvider>();

        AuthorizationPolicy? policy = await AuthorizationPolicy.CombineAsync(provider, [new RequireScopeAttribute("a"), new RequireLevelAttribute(3.1)]);

        policy!.Requirements.Select(requirement => requirement.ToString()).Should().Contain(["all of the scopes a", "level 3.1 or higher"]);
    }

    [Fact]
    public async Task A_policy_provider_of_the_application_keeps_working()
    {
        await using GuardedApp app = await GuardedApp.StartAsync<HudyaJwt>(
            app => app.MapGet("/", () => "").RequireAuthorization("theirs").RequireScope(Mobile),
            options => options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem),
            builder => builder.Services.AddSingleton<IAuthorizationPolicyProvider, Theirs>());

        (await app.StatusOfAsync("/", GuardedApp.Issue("support", 3.1, Mobile))).Should().Be(HttpStatusCode.OK);
        ((int)await app.StatusOfAsync("/", GuardedApp.Issue("support", 3.0, Mobile))).Should().BeGreaterThanOrEqualTo(400);
        (await app.StatusOfAsync("/", GuardedApp.Issue("support", 3.1, Power))).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public void A_guard_without_a_scope_a_key_or_a_level_throws_at_the_call()
    {
        var policy = new AuthorizationPolicyBuilder();
        Action[] mistakes =
        [
            () => policy.RequireScope(),
            () => policy.RequireScope("a", ""),
            () => policy.RequireScope("a,b"),
            () => policy.RequireScope(null!, "a"),
            () => policy.RequireAnyScope(),
            () => policy.RequireKey(),
            () => policy.RequireKey(""),
            () => policy.RequireLevel(0),
            () => policy.RequireLevel(-1),
            () => policy.RequireLevel(double.NaN),
            () => policy.RequireLevel(double.PositiveInfinity),
            () => _ = new RequireScopeAttribute(),
            () => _ = new RequireAnyScopeAttribute(),
            () => _ = new RequireKeyAttribute(),
        ];

        foreach (Action mistake in mistakes)
            mistake.Should().Throw<ArgumentException>();
    }

    static Task<GuardedApp> IStartsApp.StartAsync() => StartAsync();

    private static Task<GuardedApp> StartAsync(Action<IServiceCollection>? services = null) => GuardedApp.StartAsync(
        app =>
        {
            app.MapGet("/policies", () => "").RequireScope("support:insurance");
            app.MapGet("/payout", () => "").RequireScope("support:all").RequireLevel(3.1);
            app.MapGet("/admin", () => "").RequireKey("admin");
            app.MapGet("/me", (VerifiedPayload me) => me.Subject);
            app.MapGet("/stock", () => "").RequireAuthorization();
            app.MapGet("/level", () => "").RequireLevel(1);
            app.MapGet("/key", () => "").RequireKey("support");
            app.MapGet("/all", () => "").RequireScope(Mobile, Power);
            app.MapGet("/any", () => "").RequireAnyScope(Mobile, Power);
            app.MapGet("/twice", () => "").RequireScope(Mobile).RequireScope(Power);
            app.MapGroup("/group").RequireScope(Mobile).MapGet("/inside", () => "").RequireScope(Power);
            app.MapGet("/policy", () => "").RequireAuthorization("mobile");
            app.MapControllers();
        },
        builder =>
        {
            builder.Services.AddAuthorizationBuilder()
                .AddPolicy("mobile", policy => policy.RequireScope(Mobile).RequireAnyScope(Mobile, Power).RequireLevel(2).RequireKey("user", "support"));
            builder.Services.AddControllers().AddApplicationPart(typeof(GuardedActionsController).Assembly);
            services?.Invoke(builder.Services);
        });

    private sealed class EverybodyIsAnn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            // The claims that the guards require, but from a scheme that verified no token of ours.
            Claim[] claims = [new("sub", "ann"), new("scope", Mobile), new("scope", "support:insurance"), new("level", "4.0"), new("key", "support")];
            var user = new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme.Name));
            return Task.FromResult(AuthenticateResult.Success(new(user, Scheme.Name)));
        }
    }

    private sealed class Theirs(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
    {
        public override Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) => policyName == "theirs"
            ? Task.FromResult<AuthorizationPolicy?>(new AuthorizationPolicyBuilder().RequireLevel(3.1).Build())
            : base.GetPolicyAsync(policyName);
    }
}

[ApiController]
[Route("actions")]
public sealed class GuardedActionsController : ControllerBase
{
    [HttpGet("open")]
    public string Get() => "in";

    [HttpGet("anonymous")]
    [AllowAnonymous]
    public string GetAnonymous() => "in";

    [HttpGet("mobile")]
    [RequireScope("support:mobile")]
    public string GetMobile() => "in";

    [HttpGet("any")]
    [RequireAnyScope("support:mobile", "support:power")]
    public string GetAny() => "in";

    [HttpGet("strong")]
    [RequireLevel(3.1)]
    public string GetStrong() => "in";

    [HttpGet("admin")]
    [RequireKey("admin")]
    public string GetAdmin() => "in";
}
