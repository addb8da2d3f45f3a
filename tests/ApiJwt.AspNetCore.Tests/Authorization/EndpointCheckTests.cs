using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.SignalR;

namespace Hudya.Tests.AspNetCore.Authorization;

/// <summary>Guards are checked at start. A guard that is switched off stops the service, and one that no token can pass logs a warning.</summary>
public sealed class EndpointCheckTests
{
    public static TheoryData<string, string, Action<WebApplication>> Contradictions => new()
    {
        { "GET /open", "all of the scopes a", app => app.MapGet("/open", () => "").RequireScope("a").AllowAnonymous() },
        { "GET /open", "any of the scopes a, b", app => app.MapGet("/open", [AllowAnonymous] () => "").RequireAnyScope("a", "b") },
        { "GET /group/open", "one of the keys admin", app => app.MapGroup("/group").AllowAnonymous().MapGet("/open", () => "").RequireKey("admin") },
        { "GET /group/open", "level 3.0", app => app.MapGroup("/group").RequireLevel(3).MapGet("/open", () => "").AllowAnonymous() },
        { "GET /open", "VerifiedPayload", app => app.MapGet("/open", (VerifiedPayload me) => me.Subject).AllowAnonymous() },
        { "GET /open", "VerifiedPayload", app => app.MapGet("/open", ([AsParameters] Needs needs) => needs.Me.Subject).AllowAnonymous() },
        { "GET /open", "level 2.0", app => app.MapGet("/open", () => "").RequireAuthorization(policy => policy.RequireLevel(2)).AllowAnonymous() },
        { "GET /open", "level 2.0", app => app.MapGet("/open", () => "").RequireAuthorization("strong").AllowAnonymous() },
        { "OpenedController.Get", "all of the scopes a", app => app.MapControllers() },
        { "OpenedPayloadController.Get", "VerifiedPayload", app => app.MapControllers() },
        { "GuardedController.Get", "all of the scopes a", app => app.MapControllers().AllowAnonymous() },
        { "/chat", "all of the scopes a", app => app.MapHub<OpenedHub>("/chat") },
        { "/chat", "one of the keys admin", app => app.MapHub<PlainHub>("/chat").AllowAnonymous().RequireKey("admin") },
    };

    /// <summary>A guard and the words of its warning, which suggest the name that was probably meant.</summary>
    public static TheoryData<Action<WebApplication>, string[]> Useless => new()
    {
        { app => app.MapGet("/x", () => "").RequireKey("Admin"), ["GET /x", "key 'Admin'", "HudyaJwt", "Did you mean 'admin'"] },
        { app => app.MapGet("/x", () => "").RequireKey("user", "suport"), ["GET /x", "key 'suport'", "Did you mean 'support'"] },
        { app => app.MapGet("/x", () => "").RequireKey("auth_admin"), ["GET /x", "'auth_admin'", "issuer of the key 'admin'"] },
        { app => app.MapGet("/x", () => "").RequireScope("support:mobil"), ["GET /x", "scope 'support:mobil'", "Did you mean 'support:mobile'"] },
        { app => app.MapGet("/x", () => "").RequireScope("support:mobile NO"), ["GET /x", "a space", "\"support:mobile\", \"NO\""] },
        { app => app.MapGet("/x", () => "").RequireScope("support:mobile", "NO"), ["GET /x", "support:mobile, NO together"] },
        { app => app.MapGet("/x", () => "").RequireAnyScope("support:mobile", "support:Power"), ["GET /x", "Did you mean 'support:power'"] },
        { app => app.MapGet("/x", () => "").RequireLevel(4.5), ["GET /x", "level 4.5", "highest level of HudyaJwt is 4.0"] },
        { app => app.MapGet("/x", () => "").RequireAuthorization("policy"), ["GET /x", "'support:pwer'", "Did you mean 'support:power'"] },
        { app => app.MapGroup("/group").RequireKey("users").MapGet("/x", () => ""), ["GET /group/x", "Did you mean 'user'"] },
        { app => app.MapHub<UselessHub>("/chat"), ["/chat", "key 'Support'", "Did you mean 'support'"] },
    };

    [Theory]
    [MemberData(nameof(Contradictions), DisableDiscoveryEnumeration = true)]
    public async Task A_guard_that_AllowAnonymous_switches_off_stops_the_service_and_names_the_endpoint(string endpoint, string guard, Action<WebApplication> map) =>
        (await FluentActions.Awaiting(() => StartAsync(map, endpoint)).Should().ThrowAsync<InvalidOperationException>())
            .Which.Message.Should().ContainAll(endpoint, guard, "AllowAnonymous");

    [Fact]
    public async Task Endpoints_that_are_open_or_guarded_by_other_libraries_do_not_stop_the_service()
    {
        await using GuardedApp app = await StartAsync(app =>
        {
            app.MapGet("/open", () => "open").AllowAnonymous();
            app.MapGet("/caller", ([FromServices] VerifiedPayload? me) => me?.Subject ?? "open").AllowAnonymous();
            app.MapGet("/stock", () => "open").RequireAuthorization().AllowAnonymous();
            app.MapGet("/guarded", () => "").RequireScope("support:mobile");
            app.MapJwks<HudyaJwt>();
        });

        foreach (string path in (string[])["/open", "/caller", "/stock"])
            (await app.GetTextAsync(path)).Should().Be("open");
        (await app.StatusOfAsync("/guarded")).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [MemberData(nameof(Useless), DisableDiscoveryEnumeration = true)]
    public async Task A_guard_that_no_token_can_pass_logs_a_warning(Action<WebApplication> map, string[] expected)
    {
        await using GuardedApp app = await StartAsync(map);

        app.Log.Warnings.Should().NotBeEmpty().And.OnlyHaveUniqueItems();
        app.Log.Warnings[0].Should().ContainAll(expected);
    }

    [Fact]
    public async Task A_guard_that_a_token_can_pass_logs_no_warning()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(app =>
        {
            app.MapGet("/key", () => "").RequireKey("admin", "user").RequireLevel(4);
            app.MapGet("/scope", (VerifiedPayload me) => me.Subject).RequireScope("user:all", "NO").RequireAnyScope("support:all", "admin:all");
        });

        (await app.StatusOfAsync("/key")).Should().Be(HttpStatusCode.Unauthorized);
        app.Log.Warnings.Should().BeEmpty();
    }

    /// <summary>A class without a policy accepts tokens of any scope and level, but it does not know the key of a token.</summary>
    [Fact]
    public async Task A_guard_for_a_key_logs_a_warning_if_the_class_has_no_policy()
    {
        await using GuardedApp app = await GuardedApp.StartAsync<NoPolicy>(
            app =>
            {
                app.MapGet("/key", () => "").RequireKey("admin");
                app.MapGet("/blank", () => "").RequireScope("a b");
                app.MapGet("/other", () => "").RequireScope("whatever").RequireLevel(7);
            },
            options => options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem));

        app.Log.Warnings.Should().SatisfyRespectively(
            key => key.Should().ContainAll("GET /key", "NoPolicy allows no key", "Policy.AllowKey"),
            blank => blank.Should().ContainAll("GET /blank", "a space"));
        // The default keys of the Python library are for issuing. The check does not treat them as keys of this class.
        (await app.StatusOfAsync("/key", GuardedApp.Issue("admin"))).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_guard_can_use_the_names_of_either_class()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app =>
            {
                app.MapGet("/either", () => "").RequireKey("support", "partner");
                app.MapGet("/ours", () => "").WithMetadata(new RequireKeyAttribute("partner") { AuthenticationSchemes = "Bearer" });
            },
            builder =>
            {
                PartnerJwt.AddTo(builder.Services);
                builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(PartnerJwt.BothPolicy);
            });

        app.Log.Warnings.Should().ContainSingle().Which.Should().ContainAll("GET /ours", "not a key of HudyaJwt");
    }

    [Theory]
    [InlineData(null, "no scheme authenticates its callers")]
    [InlineData("Cookies", "only cookies authenticate its callers")]
    [InlineData("Bearer", null)]
    public async Task A_guard_without_a_scheme_of_this_library_logs_a_warning(string? byDefault, string? expected)
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app =>
            {
                app.MapGet("/x", () => "").RequireKey("admin");
                app.MapGet("/named", () => "").WithMetadata(new RequireKeyAttribute("admin") { AuthenticationSchemes = "Bearer" });
                app.MapGet("/open", () => "");
            },
            builder => builder.Services.AddAuthentication(options => options.DefaultScheme = byDefault).AddCookie());

        if (expected is null)
            app.Log.Warnings.Should().BeEmpty();
        else
            app.Log.Warnings.Should().ContainSingle().Which.Should().ContainAll("GET /x", expected, "AddAuthentication(\"Bearer\")");
    }

    [Fact]
    public async Task A_guard_that_names_a_scheme_that_does_not_exist_logs_a_warning()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGet("/x", () => "").WithMetadata(new RequireKeyAttribute("admin") { AuthenticationSchemes = "Bearer,Partnr" }));

        app.Log.Warnings.Should().ContainSingle().Which.Should().ContainAll("GET /x", "the scheme 'Partnr' does not exist");
    }

    [Fact]
    public async Task A_cookie_scheme_that_forwards_bearer_tokens_logs_no_warning()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGet("/x", () => "").RequireKey("support"),
            builder => builder.Services.AddAuthentication("Cookies").AddCookie(options => options.ForwardDefaultSelector = _ => "Bearer"));

        app.Log.Warnings.Should().BeEmpty();
        (await app.StatusOfAsync("/x", GuardedApp.Issue())).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Authorization_before_authentication_logs_one_warning()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(app =>
        {
            app.UseAuthorization();
            app.UseAuthentication();
            app.MapGet("/x", () => "").RequireKey("support");
        });

        for (int i = 0; i < 2; i++)
            (await app.StatusOfAsync("/x", GuardedApp.Issue())).Should().Be(HttpStatusCode.Unauthorized);

        app.Log.Warnings.Should().ContainSingle().Which.Should().ContainAll("UseAuthentication", "before UseAuthorization");
    }

    private static Task<GuardedApp> StartAsync(Action<WebApplication> map, string endpoint = "") => GuardedApp.StartAsync(map, builder =>
    {
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("strong", policy => policy.RequireLevel(2)).AddPolicy("policy", policy => policy.RequireScope("support:pwer"));
        builder.Services.AddSignalR();
        // Only the controller of the endpoint is added, so that tests do not see the controllers of others.
        builder.Services.AddControllers().ConfigureApplicationPartManager(parts =>
        {
            parts.ApplicationParts.Clear();
            parts.FeatureProviders.Clear();
            parts.FeatureProviders.Add(new Only(endpoint));
        });
    });

    private sealed record Needs(VerifiedPayload Me);

    private sealed class Only(string endpoint) : IApplicationFeatureProvider<ControllerFeature>
    {
        public void PopulateFeature(IEnumerable<ApplicationPart> parts, ControllerFeature feature)
        {
            foreach (TypeInfo controller in typeof(EndpointCheckTests).GetTypeInfo().DeclaredNestedTypes.Where(type => endpoint == $"{type.Name}.Get"))
                feature.Controllers.Add(controller);
        }
    }

    [RequireScope("a")]
    [Route("opened")]
    private sealed class OpenedController : ControllerBase
    {
        [AllowAnonymous]
        [HttpGet]
        public string Get() => "";
    }

    [Route("guarded")]
    private sealed class GuardedController : ControllerBase
    {
        [RequireScope("a")]
        [HttpGet]
        public string Get() => "";
    }

    [AllowAnonymous]
    [Route("opened")]
    private sealed class OpenedPayloadController : ControllerBase
    {
        [HttpGet]
        public string Get([FromServices] VerifiedPayload me) => me.Subject;
    }

    [RequireScope("a")]
    [AllowAnonymous]
    private sealed class OpenedHub : Hub;

    private sealed class PlainHub : Hub;

    private sealed class UselessHub : Hub
    {
        [RequireKey("Support")]
        public string Send() => "";
    }

    private sealed class NoPolicy(ApiJwtOptions options) : ApiJwt(options);
}
