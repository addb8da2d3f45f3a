using System.Net.Http.Json;
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

    [Fact]
    public async Task One_that_may_be_missing_and_is_not_said_to_come_from_the_services_says_what_to_write_instead()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(app => app.MapGet("/", (VerifiedPayload? caller) => caller?.Subject));

        Func<Task> ask = () => app.GetAsync("/");

        await ask.Should().ThrowAsync<InvalidOperationException>().WithMessage("*FromServices*VerifiedPayload?*");
        (await app.GetTextAsync("/", GuardedApp.Issue())).Should().Be("ann");
    }

    /// <summary>Whatever a caller sends beside it, and however the parameter is said to be bound.</summary>
    [Theory]
    [InlineData("/as-parameters?text=x")]
    [InlineData("/as-properties?text=x")]
    [InlineData("/beside-query")]
    [InlineData("/beside-form")]
    [InlineData("/from-form")]
    [InlineData("/from-body")]
    [InlineData("/model-from-form")]
    [InlineData("/mvc/query?subject=admin")]
    [InlineData("/mvc/form")]
    [InlineData("/mvc/body")]
    [InlineData("/mvc/model?caller.subject=admin")]
    public async Task Without_a_token_the_answer_is_401_and_no_fault(string path)
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app =>
            {
                app.MapPost("/as-parameters", ([AsParameters] Needs needs) => needs.Caller.Subject);
                app.MapPost("/as-properties", ([AsParameters] NeedsToo needs) => needs.Caller.Subject);
                app.MapPost("/beside-query", ([FromQuery] int number, VerifiedPayload caller) => $"{number}{caller.Subject}");
                app.MapPost("/beside-form", ([FromForm] string text, VerifiedPayload caller) => text + caller.Subject);
                MapMisread(app);
                app.MapControllers();
            },
            builder => builder.Services.AddAntiforgery().AddControllers().AddApplicationPart(typeof(BindingController).Assembly));
        (await app.Client().PostAsync(path, ContentFor(path), GuardedApp.Cancel)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/mvc/query?subject=admin")]
    [InlineData("/mvc/query?caller.subject=admin")]
    [InlineData("/mvc/form")]
    [InlineData("/mvc/body")]
    [InlineData("/mvc/model?caller.subject=admin")]
    public async Task Of_a_controller_it_is_the_callers_and_nothing_that_was_sent(string path)
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapControllers(),
            builder => builder.Services.AddControllers().AddApplicationPart(typeof(BindingController).Assembly));
        HttpResponseMessage answer = await app.Client(GuardedApp.Issue()).PostAsync(path, ContentFor(path), GuardedApp.Cancel);

        (await answer.Content.ReadAsStringAsync(GuardedApp.Cancel)).Should().Be("ann");
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

    [Theory]
    [InlineData("/from-form")]
    [InlineData("/from-body")]
    [InlineData("/model-from-form")]
    public async Task And_nothing_that_a_caller_sends(string path)
    {
        await using GuardedApp app = await GuardedApp.StartAsync(MapMisread, builder => builder.Services.AddAntiforgery());

        Func<Task> ask = () => app.Client(GuardedApp.Issue()).PostAsync(path, ContentFor(path), GuardedApp.Cancel);

        await ask.Should().ThrowAsync<InvalidOperationException>().WithMessage($"*{path}*only from the token*separate parameter*");
    }

    private static HttpContent ContentFor(string path) => path is "/from-body"
        ? JsonContent.Create(new { Subject = "admin" })
        : new FormUrlEncodedContent([new("subject", "admin"), new("caller.subject", "admin")]);

    private static void MapMisread(WebApplication app)
    {
        app.MapPost("/from-form", ([FromForm] VerifiedPayload caller) => caller.Subject).DisableAntiforgery();
        app.MapPost("/from-body", ([FromBody] VerifiedPayload caller) => caller.Subject);
        app.MapPost("/model-from-form", ([FromForm] ModelWithPayload model) => model.Caller.Subject).DisableAntiforgery();
    }

    private sealed record Needs(VerifiedPayload Caller, string Text);

    private sealed class NeedsToo
    {
        public VerifiedPayload Caller { get; set; } = null!;

        public string? Text { get; set; }
    }

    private static Task<GuardedApp> StartWithControllersAsync() => GuardedApp.StartAsync(
        app => app.MapControllers(),
        builder => builder.Services.AddControllers().AddApplicationPart(typeof(WhoAmIController).Assembly));
}

[Route("mvc")]
public sealed class BindingController : Controller
{
    [HttpPost("query")]
    public string Query([FromQuery] VerifiedPayload caller) => caller.Subject;

    [HttpPost("form")]
    public string Form([FromForm] VerifiedPayload caller) => caller.Subject;

    [HttpPost("body")]
    public string Body([FromBody] VerifiedPayload caller) => caller.Subject;

    [HttpPost("model")]
    public string Model(ModelWithPayload model) => model.Caller.Subject;
}

public sealed class ModelWithPayload
{
    public VerifiedPayload Caller { get; set; } = null!;
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
