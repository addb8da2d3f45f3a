using System.Security.Claims;
using ApiJwts.Testing;
using Microsoft.AspNetCore.Authentication;

namespace Hudya.Tests.AspNetCore.Authentication;

/// <summary>Tests the principal of a caller, before and after an application transforms it.</summary>
public class PrincipalTests
{
    private static readonly string WithScope = GuardedApp.Issue("support", null, "support:mobile");

    public static TheoryData<Func<ClaimsPrincipal, ClaimsPrincipal>> Transformations => new()
    {
        principal =>
        {
            principal.AddIdentity(new ClaimsIdentity([new Claim("added", "yes")]));
            return principal;
        },
        principal => principal.Clone(),
        principal => new ClaimsPrincipal(new ClaimsIdentity(principal.Identity, [new Claim("added", "yes")])),
        WithNewClaims,
    };

    [Fact]
    public async Task The_principal_has_the_claims_of_the_token_and_one_for_each_scope()
    {
        await using GuardedApp app = await StartAsync(services => services.TrustTestTokens());
        string token = TestToken.Sign(token => token
            .Subject("ann").Issuer("auth_support").Scopes("support:mobile", "support:power").Level(3.1).Factor("yubikey")
            .Target("bob").DoNotTrack(DoNotTrack.TestUser).Extra("tenant", "acme"));

        (await app.GetTextAsync("/claims", token)).Split(' ').Should().BeEquivalentTo(
            "sub=ann", "iss=auth_support", "exp=4102444800", "level=3.1", "factor=yubikey", "target=bob", "dnt=3",
            "scope=support:mobile", "scope=support:power", "key=support", "tenant=acme");
    }

    [Fact]
    public async Task A_list_has_one_claim_for_each_element_and_an_object_none()
    {
        await using GuardedApp app = await StartAsync();
        string token = Forge.Claims("""{"sub":"ann","exp":4102444800,"groups":["a","b"],"amount":5,"address":{"city":"Oslo"},"none":null,"mixed":["a",1]}""");

        (await app.GetTextAsync("/claims", token)).Split(' ')
            .Where(claim => claim.Split('=')[0] is "groups" or "amount" or "address" or "none" or "mixed")
            .Should().Equal("groups=a", "groups=b", "amount=5");
    }

    [Theory]
    [InlineData("key", "admin"), InlineData("Key", "admin"), InlineData("KEY", "admin"), InlineData("Scope", "admin:all")]
    public async Task An_extra_grants_neither_a_scope_nor_a_role(string name, string value)
    {
        await using GuardedApp app = await StartAsync();

        (await app.GetTextAsync("/claims", Forge.Claims($$"""{"iss":"elsewhere","sub":"ann","exp":4102444800,"{{name}}":"{{value}}"}""")))
            .Should().Contain("sub=ann").And.NotContain(value);
    }

    [Fact]
    public async Task The_name_is_the_subject_and_the_role_the_key()
    {
        await using GuardedApp app = await StartAsync();

        (await app.GetTextAsync("/name", GuardedApp.Issue("admin"))).Should().Be("ann");
        (await app.StatusOfAsync("/role", GuardedApp.Issue("admin"))).Should().Be(HttpStatusCode.OK);
        (await app.StatusOfAsync("/role", GuardedApp.Issue("support"))).Should().Be(HttpStatusCode.Forbidden);
        (await app.StatusOfAsync("/claim", GuardedApp.Issue("admin", null, "user:all", "admin:all"))).Should().Be(HttpStatusCode.OK);
        (await app.StatusOfAsync("/claim", GuardedApp.Issue("admin", null, "user:all"))).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_copy_of_the_principal_still_has_the_payload()
    {
        await using GuardedApp app = await StartAsync();

        (await app.GetTextAsync("/copy", GuardedApp.Issue())).Should().Be("ann");
    }

    [Theory]
    [MemberData(nameof(Transformations), DisableDiscoveryEnumeration = true)]
    public async Task A_transformed_principal_keeps_its_payload(Func<ClaimsPrincipal, ClaimsPrincipal> transform)
    {
        await using GuardedApp app = await StartAsync(Transforming(transform));

        (await app.GetTextAsync("/me", WithScope)).Should().Be("ann");
        (await app.StatusOfAsync("/guarded", WithScope)).Should().Be(HttpStatusCode.OK);
        (await app.StatusOfAsync("/guarded", GuardedApp.Issue())).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_transformed_principal_has_no_claim_that_the_transformation_left_out()
    {
        await using GuardedApp app = await StartAsync(Transforming(WithNewClaims));

        (await app.GetTextAsync("/claims", GuardedApp.Issue("admin"))).Should().Be("number=17");
        (await app.StatusOfAsync("/role", GuardedApp.Issue("admin"))).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_caller_whom_a_transformation_rejects_has_no_payload()
    {
        await using GuardedApp app = await StartAsync(Transforming(_ => new ClaimsPrincipal(new ClaimsIdentity())));

        (await app.StatusOfAsync("/me", GuardedApp.Issue())).Should().Be(HttpStatusCode.Forbidden);
        (await app.StatusOfAsync("/guarded", WithScope)).Should().Be(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_principal_that_a_transformation_reuses_has_the_payload_of_each_request(bool hasPayload)
    {
        ClaimsPrincipal? kept = null;
        await using GuardedApp app = await StartAsync(Transforming(principal => kept ??= hasPayload ? principal.Clone() : WithNewClaims(principal)));

        (await app.StatusOfAsync("/guarded", WithScope)).Should().Be(HttpStatusCode.OK);
        (await app.StatusOfAsync("/guarded", GuardedApp.Issue())).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_principal_of_another_type_is_not_changed_and_a_warning_is_logged_once()
    {
        await using GuardedApp app = await StartAsync(Transforming(principal => new OwnPrincipal(new ClaimsIdentity(principal.Claims, "Own"))));

        for (int i = 0; i < 2; i++)
            (await app.StatusOfAsync("/guarded", WithScope)).Should().Be(HttpStatusCode.Forbidden);

        app.Log.Lines.Where(line => line.Contains("OwnPrincipal", StringComparison.Ordinal)).Should().ContainSingle()
            .Which.Should().StartWith("Warning: ").And.Contain("Clone").And.Contain("AddIdentity");
    }

    private static ClaimsPrincipal WithNewClaims(ClaimsPrincipal principal) => new(new ClaimsIdentity([new Claim("number", "17")], "Own"));

    private static Action<IServiceCollection> Transforming(Func<ClaimsPrincipal, ClaimsPrincipal> transform) =>
        services => services.AddSingleton<IClaimsTransformation>(new Transformation(transform));

    private static Task<GuardedApp> StartAsync(Action<IServiceCollection>? services = null) => GuardedApp.StartAsync(
        app =>
        {
            app.MapGet("/me", (VerifiedPayload caller) => caller.Subject);
            app.MapGet("/guarded", () => "in").RequireScope("support:mobile");
            app.MapGet("/role", () => "in").RequireAuthorization(policy => policy.RequireRole("admin"));
            app.MapGet("/claim", () => "in").RequireAuthorization(policy => policy.RequireClaim("scope", "admin:all"));
            app.MapGet("/name", (ClaimsPrincipal user) => user.Identity!.Name).RequireAuthorization();
            app.MapGet("/copy", (ClaimsPrincipal user) => new ClaimsPrincipal(user.Identities.Select(identity => identity.Clone())).GetVerifiedPayload()?.Subject).RequireAuthorization();
            app.MapGet("/claims", (ClaimsPrincipal user) => string.Join(' ', user.Claims.Select(claim => $"{claim.Type}={claim.Value}"))).RequireAuthorization();
        },
        builder => services?.Invoke(builder.Services));

    private sealed class Transformation(Func<ClaimsPrincipal, ClaimsPrincipal> transform) : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal) => Task.FromResult(transform(principal));
    }

    private sealed class OwnPrincipal(ClaimsIdentity identity) : ClaimsPrincipal(identity);
}
