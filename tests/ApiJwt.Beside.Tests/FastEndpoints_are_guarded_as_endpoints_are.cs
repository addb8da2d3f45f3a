using FastEndpoints;

namespace Hudya.Tests.Beside;

public class FastEndpoints_are_guarded_as_endpoints_are
{
    [Theory]
    [InlineData("/mobile"), InlineData("/attribute")]
    public async Task FastEndpoints_are_guarded_and_have_the_payload_in_their_handlers(string path)
    {
        await using GuardedApp app = await StartAsync(type => type != typeof(ConstructorEndpoint));

        (await app.GetTextAsync(path, GuardedApp.Issue("support", null, "support:mobile"))).Should().Contain("ann");
        (await app.GetAsync(path, GuardedApp.Issue())).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await app.GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    /// <summary>FastEndpoints also calls the constructor at start, when there is no caller.</summary>
    [Fact]
    public async Task A_payload_in_the_constructor_of_a_FastEndpoint_is_refused_with_an_explanation() =>
        await FluentActions.Awaiting(() => StartAsync(type => type == typeof(ConstructorEndpoint))).Should().ThrowAsync<InvalidOperationException>()
            .WithMessage("There is no VerifiedPayload outside of a request*FastEndpoints*HttpContext.GetVerifiedPayload()*");

    private static Task<GuardedApp> StartAsync(Func<Type, bool> isUsed) => GuardedApp.StartAsync(
        app => app.UseFastEndpoints(),
        builder => builder.Services.AddFastEndpoints(options =>
        {
            options.DisableAutoDiscovery = true;
            options.Assemblies = [typeof(MobileEndpoint).Assembly];
            options.Filter = isUsed;
        }));
}

public sealed class MobileEndpoint : EndpointWithoutRequest
{
    public override void Configure()
    {
        Get("/mobile");
        Options(endpoint => endpoint.RequireScope("support:mobile"));
    }

    public override Task HandleAsync(CancellationToken ct) => Send.StringAsync(HttpContext.GetVerifiedPayload()!.Subject, cancellation: ct);
}

[HttpGet("/attribute")]
[RequireScope("support:mobile")]
public sealed class AttributeEndpoint : EndpointWithoutRequest
{
    public override Task HandleAsync(CancellationToken ct) => Send.StringAsync(User.GetVerifiedPayload()!.Subject, cancellation: ct);
}

public sealed class ConstructorEndpoint(VerifiedPayload caller) : EndpointWithoutRequest
{
    public override void Configure() => Get("/constructor");

    public override Task HandleAsync(CancellationToken ct) => Send.StringAsync(caller.Subject, cancellation: ct);
}
