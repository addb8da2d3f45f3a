using System.Security.Claims;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Authentication;

namespace Hudya.Tests.AspNetCore;

public class A_transformed_principal_keeps_its_payload
{
    public static TheoryData<string> Transformations => [.. Ways.Keys];

    private static Dictionary<string, Func<ClaimsPrincipal, ClaimsPrincipal>> Ways { get; } = new()
    {
        ["adds an identity"] = principal =>
        {
            principal.AddIdentity(new ClaimsIdentity([new Claim("added", "yes")]));
            return principal;
        },
        ["returns a copy"] = principal => principal.Clone(),
        ["returns a new identity"] = principal => new ClaimsPrincipal(new ClaimsIdentity(principal.Identity, [new Claim("added", "yes")])),
        ["returns new claims"] = principal => new ClaimsPrincipal(new ClaimsIdentity([new Claim("number", "17")], "Own")),
    };

    [Theory]
    [MemberData(nameof(Transformations))]
    public async Task So_that_guards_and_parameters_work_whatever_the_transformation_returns(string way)
    {
        await using GuardedApp app = await StartAsync(Ways[way]);
        string token = GuardedApp.Issue("support", null, "support:mobile");

        (await app.GetTextAsync("/me", token)).Should().Be("ann");
        (await app.GetAsync("/guarded", token)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await app.GetAsync("/guarded", GuardedApp.Issue())).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task But_no_claim_that_the_transformation_left_out()
    {
        await using GuardedApp app = await StartAsync(Ways["returns new claims"]);

        (await app.GetTextAsync("/claims", GuardedApp.Issue("admin"))).Should().Be("number");
        (await app.GetAsync("/role", GuardedApp.Issue("admin"))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task And_none_where_the_transformation_turns_the_caller_away()
    {
        await using GuardedApp app = await StartAsync(_ => new ClaimsPrincipal(new ClaimsIdentity()));

        (await app.GetAsync("/me", GuardedApp.Issue())).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await app.GetAsync("/guarded", GuardedApp.Issue("support", null, "support:mobile"))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Each_request_that_of_its_own_token_where_the_principal_is_kept_for_the_next()
    {
        var kept = new ClaimsPrincipal(new ClaimsIdentity([new Claim("number", "17")], "Own"));
        await using GuardedApp app = await StartAsync(_ => kept);

        (await app.GetAsync("/guarded", GuardedApp.Issue("support", null, "support:mobile"))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await app.GetAsync("/guarded", GuardedApp.Issue())).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task And_one_of_a_type_of_the_application_is_left_alone_and_said_once_to_have_none()
    {
        await using GuardedApp app = await StartAsync(principal => new OwnPrincipal(new ClaimsIdentity(principal.Claims, "Own")));

        for (int i = 0; i < 2; i++)
            (await app.GetAsync("/guarded", GuardedApp.Issue("support", null, "support:mobile"))).StatusCode.Should().Be(HttpStatusCode.Forbidden);

        app.Log.Lines.Where(line => line.Contains("OwnPrincipal", StringComparison.Ordinal)).Should().ContainSingle()
            .Which.Should().StartWith("Warning: ").And.Contain("Clone").And.Contain("AddIdentity");
    }

    private static Task<GuardedApp> StartAsync(Func<ClaimsPrincipal, ClaimsPrincipal> transform) => GuardedApp.StartAsync(
        app =>
        {
            app.MapGet("/me", (VerifiedPayload caller) => caller.Subject);
            app.MapGet("/guarded", () => "in").RequireScope("support:mobile");
            app.MapGet("/role", () => "in").RequireAuthorization(policy => policy.RequireRole("admin"));
            app.MapGet("/claims", (ClaimsPrincipal user) => string.Join(' ', user.Claims.Select(claim => claim.Type))).RequireAuthorization();
        },
        builder => builder.Services.AddSingleton<IClaimsTransformation>(new Transformation(transform)));

    private sealed class Transformation(Func<ClaimsPrincipal, ClaimsPrincipal> transform) : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal) => Task.FromResult(transform(principal));
    }

    private sealed class OwnPrincipal(ClaimsIdentity identity) : ClaimsPrincipal(identity);
}
