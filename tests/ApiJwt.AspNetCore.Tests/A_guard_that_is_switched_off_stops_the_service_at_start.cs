using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.SignalR;

namespace Hudya.Tests.AspNetCore;

public sealed class A_guard_that_is_switched_off_stops_the_service_at_start
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
        { "OpenedController.Get", "VerifiedPayload", app => app.MapControllers() },
        { "GuardedController.Get", "all of the scopes a", app => app.MapControllers().AllowAnonymous() },
        { "/chat", "all of the scopes a", app => app.MapHub<OpenedHub>("/chat") },
        { "/chat", "one of the keys admin", app => app.MapHub<PlainHub>("/chat").AllowAnonymous().RequireKey("admin") },
    };

    [Theory]
    [MemberData(nameof(Contradictions), DisableDiscoveryEnumeration = true)]
    public async Task By_AllowAnonymous_on_any_kind_of_endpoint_which_is_named(string endpoint, string guard, Action<WebApplication> map) =>
        (await FluentActions.Awaiting(() => StartAsync(map, endpoint, guard)).Should().ThrowAsync<InvalidOperationException>())
            .Which.Message.Should().ContainAll(endpoint, guard, "AllowAnonymous");

    [Fact]
    public async Task But_endpoints_that_are_open_or_guarded_by_others_start_as_before()
    {
        await using GuardedApp app = await StartAsync(
            app =>
            {
                app.MapGet("/open", () => "open").AllowAnonymous();
                app.MapGet("/caller", ([FromServices] VerifiedPayload? me) => me?.Subject ?? "open").AllowAnonymous();
                app.MapGet("/stock", () => "open").RequireAuthorization().AllowAnonymous();
                app.MapGet("/guarded", () => "").RequireScope("support:mobile");
                app.MapJwks<HudyaJwt>();
            },
            "",
            "");

        foreach (string path in (string[])["/open", "/caller", "/stock"])
            (await app.GetTextAsync(path)).Should().Be("open");
        (await app.GetAsync("/guarded")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    private static Task<GuardedApp> StartAsync(Action<WebApplication> map, string endpoint, string guard) => GuardedApp.StartAsync(map, builder =>
    {
        builder.Services.AddAuthorizationBuilder().AddPolicy("strong", policy => policy.RequireLevel(2));
        builder.Services.AddSignalR();
        // One controller alone, which no other test can see.
        Type controller = endpoint.StartsWith("Guarded", StringComparison.Ordinal) ? typeof(GuardedController)
            : guard == "VerifiedPayload" ? typeof(PayloadOpenedController.OpenedController) : typeof(OpenedController);
        builder.Services.AddControllers().ConfigureApplicationPartManager(parts =>
        {
            parts.ApplicationParts.Clear();
            parts.FeatureProviders.Clear();
            parts.FeatureProviders.Add(new Only(controller));
        });
    });

    private sealed record Needs(VerifiedPayload Me);

    private sealed class Only(Type controller) : IApplicationFeatureProvider<ControllerFeature>
    {
        public void PopulateFeature(IEnumerable<ApplicationPart> parts, ControllerFeature feature) => feature.Controllers.Add(System.Reflection.IntrospectionExtensions.GetTypeInfo(controller));
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

    private static class PayloadOpenedController
    {
        [AllowAnonymous]
        [Route("opened")]
        public sealed class OpenedController : ControllerBase
        {
            [HttpGet]
            public string Get([FromServices] VerifiedPayload me) => me.Subject;
        }
    }

    [RequireScope("a")]
    [AllowAnonymous]
    private sealed class OpenedHub : Hub;

    private sealed class PlainHub : Hub;
}
