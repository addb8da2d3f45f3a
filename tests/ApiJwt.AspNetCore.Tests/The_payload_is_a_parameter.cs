using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Mvc;

namespace Hudya.Tests.AspNetCore;

public class The_payload_is_a_parameter
{
    [Fact]
    public async Task Of_an_endpoint_that_anyone_may_call()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(app => app.MapGet("/", ([FromServices] VerifiedPayload? caller) => caller?.Subject ?? "nobody"));

        (await app.GetTextAsync("/")).Should().Be("nobody");
        (await app.GetTextAsync("/", GuardedApp.Issue())).Should().Be("ann");
    }

    [Fact]
    public async Task Of_one_that_must_have_it_and_so_is_guarded_without_a_word()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(app => app.MapGet("/", (VerifiedPayload caller) => caller.Subject));

        (await app.GetAsync("/")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await app.GetAsync("/", "forged")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await app.GetTextAsync("/", GuardedApp.Issue())).Should().Be("ann");
    }

    [Theory]
    [InlineData("/required")]
    [InlineData("/inferred")]
    public async Task One_that_must_have_it_and_lets_anyone_in_says_what_to_write_instead(string path)
    {
        await using GuardedApp app = await GuardedApp.StartAsync(app =>
        {
            app.MapGet("/required", (VerifiedPayload caller) => caller.Subject).AllowAnonymous();
            app.MapGet("/inferred", (VerifiedPayload? caller) => caller?.Subject);
        });

        Func<Task> ask = () => app.GetAsync(path);

        await ask.Should().ThrowAsync<InvalidOperationException>().WithMessage("*FromServices*VerifiedPayload?*");
        (await app.GetTextAsync(path, GuardedApp.Issue())).Should().Be("ann");
    }

    [Fact]
    public async Task Of_an_action_of_a_controller()
    {
        await using GuardedApp app = await StartWithControllersAsync();

        (await app.GetTextAsync("/whoami", GuardedApp.Issue())).Should().Be("ann");
        (await app.GetAsync("/whoami")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Of_an_action_that_a_dynamic_route_leads_to()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapFallbackToController("Answer", "Fallback"),
            builder => builder.Services.AddControllers().AddApplicationPart(typeof(FallbackController).Assembly));

        (await app.GetTextAsync("/anywhere", GuardedApp.Issue())).Should().Be("ann");
        (await app.GetAsync("/anywhere")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/whoami/mobile", 0.0, "support:mobile", HttpStatusCode.OK)]
    [InlineData("/whoami/mobile", 0.0, "support:power", HttpStatusCode.Forbidden)]
    [InlineData("/whoami/any", 0.0, "support:power", HttpStatusCode.OK)]
    [InlineData("/whoami/any", 0.0, "support:all", HttpStatusCode.Forbidden)]
    [InlineData("/whoami/strong", 3.1, "support:all", HttpStatusCode.OK)]
    [InlineData("/whoami/strong", 3.0, "support:all", HttpStatusCode.Unauthorized)]
    [InlineData("/whoami/admin", 0.0, "support:all", HttpStatusCode.Forbidden)]
    public async Task And_attributes_guard_the_action(string path, double level, string scope, HttpStatusCode expected)
    {
        await using GuardedApp app = await StartWithControllersAsync();

        (await app.GetAsync(path, GuardedApp.Issue("support", level, scope))).StatusCode.Should().Be(expected);
    }

    [Fact]
    public async Task Outside_of_endpoints_the_request_has_it()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(app =>
        {
            app.UseAuthentication();
            app.Run(context => context.Response.WriteAsync(context.GetVerifiedPayload()?.Subject ?? "nobody"));
        });

        (await app.GetTextAsync("/", GuardedApp.Issue())).Should().Be("ann");
        (await app.GetTextAsync("/")).Should().Be("nobody");
    }

    private static Task<GuardedApp> StartWithControllersAsync() => GuardedApp.StartAsync(
        app => app.MapControllers(),
        builder => builder.Services.AddControllers().AddApplicationPart(typeof(WhoAmIController).Assembly));
}

public sealed class FallbackController : Controller
{
    public string Answer([FromServices] VerifiedPayload caller) => caller.Subject;
}

[ApiController]
[Route("whoami")]
public sealed class WhoAmIController : ControllerBase
{
    [HttpGet]
    public string Get(VerifiedPayload caller) => caller.Subject;

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
