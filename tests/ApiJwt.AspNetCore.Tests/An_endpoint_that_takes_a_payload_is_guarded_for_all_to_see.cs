using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing;

namespace Hudya.Tests.AspNetCore;

public sealed class An_endpoint_that_takes_a_payload_is_guarded_for_all_to_see
{
    private static readonly string[] Guarded = ["parameter", "parameters", "payload/action", "payload/constructor"];
    private static readonly string[] Open = ["nullable", "nullable-parameters", "optional", "none", "payload/nullable"];

    [Fact]
    public async Task By_those_who_list_endpoints()
    {
        await using GuardedApp app = await StartAsync();

        var endpoints = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => Guarded.Concat(Open).Contains(endpoint.RoutePattern.RawText!.TrimStart('/')))
            .ToDictionary(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/'), endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null);

        endpoints.Where(endpoint => endpoint.Value).Select(endpoint => endpoint.Key).Should().BeEquivalentTo(Guarded);
        endpoints.Where(endpoint => !endpoint.Value).Select(endpoint => endpoint.Key).Should().BeEquivalentTo(Open);
    }

    [Fact]
    public async Task By_descriptions_of_the_API()
    {
        await using GuardedApp app = await StartAsync();

        var descriptions = app.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items
            .SelectMany(group => group.Items)
            .Where(description => Guarded.Concat(Open).Contains(description.RelativePath))
            .ToDictionary(description => description.RelativePath!, description => description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any());

        descriptions.Where(description => description.Value).Select(description => description.Key).Should().BeEquivalentTo(Guarded);
        descriptions.Where(description => !description.Value).Select(description => description.Key).Should().BeEquivalentTo(Open);
    }

    [Fact]
    public async Task And_by_callers()
    {
        await using GuardedApp app = await StartAsync();

        foreach (string path in Guarded)
        {
            (await app.GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.Unauthorized, path);
            (await app.GetTextAsync(path, GuardedApp.Issue())).Should().Be("ann", path);
        }

        foreach (string path in Open)
            (await app.GetTextAsync(path)).Should().Be("nobody", path);
    }

    private static Task<GuardedApp> StartAsync() => GuardedApp.StartAsync(
        app =>
        {
            app.MapGet("/parameter", (VerifiedPayload caller) => caller.Subject);
            app.MapGet("/parameters", ([AsParameters] Needs needs) => needs.Caller.Subject);
            app.MapGet("/nullable", ([FromServices] VerifiedPayload? caller) => caller?.Subject ?? "nobody");
            app.MapGet("/nullable-parameters", ([AsParameters] Takes takes) => takes.Caller?.Subject ?? "nobody");
            app.MapGet("/optional", ([FromServices] VerifiedPayload caller = null!) => caller?.Subject ?? "nobody");
            app.MapGet("/none", () => "nobody");
            app.MapControllers();
        },
        builder => builder.Services.AddEndpointsApiExplorer().AddControllers().AddApplicationPart(typeof(PayloadController).Assembly));

    private sealed record Needs(VerifiedPayload Caller);

    private sealed record Takes([FromServices] VerifiedPayload? Caller);
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
