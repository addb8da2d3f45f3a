using System.Net.Http.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing;

namespace Hudya.Tests.AspNetCore.Payload;

/// <summary>Tests the payload as a parameter of endpoints, actions and controllers.</summary>
public sealed class PayloadParameterTests(SharedApp<PayloadParameterTests> shared) : IClassFixture<SharedApp<PayloadParameterTests>>, IStartsApp
{
    // Each endpoint answers with the subject of its caller, or with a fixed word if it has no caller.
    private static readonly string[] Guarded = ["parameter", "parameters", "payload/action", "payload/constructor"];
    private static readonly string[] Open =
        ["nullable", "nullable-parameters", "nullable-of-several", "optional", "none", "payload/nullable", "payload/optional-constructor"];

    private readonly GuardedApp _app = shared.App;

    [Fact]
    public async Task An_endpoint_that_requires_a_payload_is_guarded_and_one_with_an_optional_payload_is_open()
    {
        foreach (string path in Guarded)
        {
            (await _app.StatusOfAsync(path)).Should().Be(HttpStatusCode.Unauthorized, path);
            (await _app.StatusOfAsync(path, "forged")).Should().Be(HttpStatusCode.Unauthorized, path);
            (await _app.GetTextAsync(path, GuardedApp.Issue())).Should().Be("ann", path);
        }

        foreach (string path in Open)
        {
            (await _app.GetTextAsync(path)).Should().Be("nobody", path);
            (await _app.GetTextAsync(path, GuardedApp.Issue())).Should().Be(path == "none" ? "nobody" : "ann", path);
        }
    }

    [Fact]
    public void Endpoint_data_and_API_descriptions_show_the_guard_of_a_required_payload()
    {
        IEnumerable<(string Path, bool IsGuarded)> listed = _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (endpoint.RoutePattern.RawText!.TrimStart('/'), endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null));
        IEnumerable<(string Path, bool IsGuarded)> described = _app.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items
            .SelectMany(group => group.Items)
            .Select(description => (description.RelativePath!, description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any()));
        (string, bool)[] expected = [.. Guarded.Select(path => (path, true)), .. Open.Select(path => (path, false))];

        listed.Where(endpoint => IsListed(endpoint.Path)).Should().BeEquivalentTo(expected);
        described.Where(endpoint => IsListed(endpoint.Path)).Should().BeEquivalentTo(expected);

        static bool IsListed(string path) => Guarded.Contains(path) || Open.Contains(path);
    }

    [Fact]
    public async Task A_nullable_parameter_without_FromServices_says_what_to_write_instead()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(app => app.MapGet("/", (VerifiedPayload? caller) => caller?.Subject));

        await FluentActions.Awaiting(() => app.GetAsync("/")).Should().ThrowAsync<InvalidOperationException>().WithMessage("*FromServices*VerifiedPayload?*");
        (await app.GetTextAsync("/", GuardedApp.Issue())).Should().Be("ann");
    }

    /// <summary>The status does not depend on the content of the request or on the binding attributes of the parameter.</summary>
    [Theory]
    [InlineData("/as-parameters?text=x"), InlineData("/as-properties?text=x"), InlineData("/beside-query"), InlineData("/beside-form")]
    [InlineData("/from-form"), InlineData("/from-body"), InlineData("/model-from-form")]
    [InlineData("/mvc/query?subject=admin"), InlineData("/mvc/form"), InlineData("/mvc/body"), InlineData("/mvc/model?caller.subject=admin")]
    [InlineData("/mvc/property?caller.subject=admin")]
    public async Task A_request_without_a_token_gets_401_and_causes_no_exception(string path) =>
        (await PostAsync(path)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);

    [Theory]
    [InlineData("/mvc/query?subject=admin"), InlineData("/mvc/query?caller.subject=admin"), InlineData("/mvc/form"), InlineData("/mvc/body")]
    [InlineData("/mvc/model?caller.subject=admin"), InlineData("/mvc/property?caller.subject=admin"), InlineData("/mvc/nested?model.caller.subject=admin")]
    [InlineData("/mvc/optional"), InlineData("/mvc/optional-model?caller.subject=admin")]
    public async Task The_payload_of_an_action_comes_from_the_token_and_not_from_the_request(string path) =>
        (await (await PostAsync(path, GuardedApp.Issue())).Content.ReadAsStringAsync(GuardedApp.Cancel)).Should().Be("ann");

    [Theory]
    [InlineData("/mvc/optional"), InlineData("/mvc/optional-model?caller.subject=admin")]
    public async Task An_action_with_an_optional_payload_is_open(string path) =>
        (await (await PostAsync(path)).Content.ReadAsStringAsync(GuardedApp.Cancel)).Should().Be("nobody");

    /// <summary>The guard does not look into models of models.</summary>
    [Fact]
    public async Task A_required_payload_deep_in_a_model_is_never_missing() =>
        await FluentActions.Awaiting(() => PostAsync("/mvc/nested?model.caller.subject=admin")).Should().ThrowAsync<InvalidOperationException>()
            .WithMessage("*no VerifiedPayload*[Authorize]*nullable*");

    [Theory]
    [InlineData("/from-form"), InlineData("/from-body"), InlineData("/model-from-form")]
    public async Task An_endpoint_that_would_bind_a_payload_from_the_request_fails_and_says_why(string path) =>
        await FluentActions.Awaiting(() => PostAsync(path, GuardedApp.Issue())).Should().ThrowAsync<InvalidOperationException>()
            .WithMessage($"*{path}*only from the token*separate parameter*");

    [Fact]
    public async Task An_action_behind_a_dynamic_route_is_guarded()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapFallbackToController("Answer", "Fallback"),
            builder => builder.Services.AddControllers().AddApplicationPart(typeof(FallbackController).Assembly));

        (await app.GetTextAsync("/anywhere", GuardedApp.Issue())).Should().Be("ann");
        (await app.StatusOfAsync("/anywhere")).Should().Be(HttpStatusCode.Unauthorized);
    }

    private Task<HttpResponseMessage> PostAsync(string path, string? token = null) => _app.Client(token).PostAsync(
        path,
        path is "/from-body" ? JsonContent.Create(new { Subject = "admin" }) : new FormUrlEncodedContent([new("subject", "admin"), new("caller.subject", "admin")]),
        GuardedApp.Cancel);

    static Task<GuardedApp> IStartsApp.StartAsync() => GuardedApp.StartAsync(
        app =>
        {
            app.MapGet("/parameter", (VerifiedPayload caller) => caller.Subject);
            app.MapGet("/parameters", ([AsParameters] Needs needs) => needs.Caller.Subject);
            app.MapGet("/nullable", ([FromServices] VerifiedPayload? caller) => caller?.Subject ?? "nobody");
            app.MapGet("/nullable-parameters", ([AsParameters] Takes takes) => takes.Caller?.Subject ?? "nobody");
            app.MapGet("/nullable-of-several", ([AsParameters] TakesSeveral takes) => takes.Caller?.Subject ?? "nobody");
            app.MapGet("/optional", ([FromServices] VerifiedPayload caller = null!) => caller?.Subject ?? "nobody");
            app.MapGet("/none", () => "nobody");
            app.MapPost("/as-parameters", ([AsParameters] NeedsWithText needs) => needs.Caller.Subject);
            app.MapPost("/as-properties", ([AsParameters] NeedsProperties needs) => needs.Caller.Subject);
            app.MapPost("/beside-query", ([FromQuery] int number, VerifiedPayload caller) => $"{number}{caller.Subject}");
            app.MapPost("/beside-form", ([FromForm] string text, VerifiedPayload caller) => text + caller.Subject);
            app.MapPost("/from-form", ([FromForm] VerifiedPayload caller) => caller.Subject).DisableAntiforgery();
            app.MapPost("/from-body", ([FromBody] VerifiedPayload caller) => caller.Subject);
            app.MapPost("/model-from-form", ([FromForm] ModelWithPayload model) => model.Caller.Subject).DisableAntiforgery();
            app.MapControllers();
        },
        builder => builder.Services.AddAntiforgery().AddEndpointsApiExplorer().AddControllers().AddApplicationPart(typeof(PayloadController).Assembly));

    private sealed record Needs(VerifiedPayload Caller);

    private sealed record NeedsWithText(VerifiedPayload Caller, string Text);

    private sealed class NeedsProperties
    {
        public VerifiedPayload Caller { get; set; } = null!;

        public string? Text { get; set; }
    }

    private sealed record Takes([FromServices] VerifiedPayload? Caller);

    private sealed record TakesSeveral([FromServices] VerifiedPayload? Caller, string? Text);
}

public sealed class ModelWithPayload
{
    public VerifiedPayload Caller { get; set; } = null!;
}

public sealed class ModelOfModel
{
    public ModelWithPayload Model { get; set; } = null!;
}

public sealed class ModelWithOptionalPayload
{
    public VerifiedPayload? Caller { get; set; }
}

[Route("mvc")]
public sealed class PropertyController : Controller
{
    [BindProperty]
    public VerifiedPayload Caller { get; set; } = null!;

    [HttpPost("property")]
    public string Property() => Caller.Subject;
}

[Route("mvc")]
public sealed class BindingController : Controller
{
    [HttpPost("nested")]
    public string Nested(ModelOfModel outer) => outer.Model.Caller.Subject;

    [HttpPost("optional")]
    public string Optional(VerifiedPayload? caller) => caller?.Subject ?? "nobody";

    [HttpPost("optional-model")]
    public string OptionalModel(ModelWithOptionalPayload model) => model.Caller?.Subject ?? "nobody";

    [HttpPost("query")]
    public string Query([FromQuery] VerifiedPayload caller) => caller.Subject;

    [HttpPost("form")]
    public string Form([FromForm] VerifiedPayload caller) => caller.Subject;

    [HttpPost("body")]
    public string Body([FromBody] VerifiedPayload caller) => caller.Subject;

    [HttpPost("model")]
    public string Model(ModelWithPayload model) => model.Caller.Subject;
}

public sealed class FallbackController : Controller
{
    public string Answer([FromServices] VerifiedPayload caller) => caller.Subject;
}

[Route("payload")]
[ApiController]
public sealed class PayloadController : ControllerBase
{
    [HttpGet("action")]
    public string Take(VerifiedPayload caller) => caller.Subject;

    [HttpGet("nullable")]
    public string TakeOrNot([FromServices] VerifiedPayload? caller) => caller?.Subject ?? "nobody";
}

[Route("payload/constructor")]
[ApiController]
public sealed class PayloadOfConstructorController(VerifiedPayload caller) : ControllerBase
{
    [HttpGet]
    public string Get() => caller.Subject;
}

[Route("payload/optional-constructor")]
[ApiController]
public sealed class PayloadOrNotOfConstructorController(VerifiedPayload? caller = null) : ControllerBase
{
    [HttpGet]
    public string Get() => caller?.Subject ?? "nobody";
}
