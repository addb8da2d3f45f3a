using System.Security.Claims;
using ApiJwts.Testing;
using Hudya.Tests.AspNetCore.Support;

namespace Hudya.Tests.AspNetCore;

public class The_principal_has_the_claims_of_the_wire
{
    [Fact]
    public async Task Under_their_names_with_one_claim_for_each_scope()
    {
        string claims = await ClaimsOfAsync(token => token
            .Subject("ann").Issuer("auth_support").Scopes("support:mobile", "support:power").Level(3.1).Factor("yubikey")
            .Target("bob").DoNotTrack(DoNotTrack.TestUser).Extra("tenant", "acme"));

        claims.Split(' ').Should().BeEquivalentTo(
            "sub=ann", "iss=auth_support", "exp=4102444800", "level=3.1", "factor=yubikey", "target=bob", "dnt=3",
            "scope=support:mobile", "scope=support:power", "key=support", "tenant=acme");
    }

    [Fact]
    public async Task With_one_claim_for_each_element_of_a_list_and_none_for_an_object()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(app => app.MapGet("/", AllClaims).RequireAuthorization());
        string token = Forge.Claims("""{"sub":"ann","exp":4102444800,"groups":["a","b"],"amount":5,"address":{"city":"Oslo"},"none":null,"mixed":["a",1]}""");

        string[] claims = (await app.GetTextAsync("/", token)).Split(' ');

        claims.Where(claim => claim.Split('=')[0] is "groups" or "amount" or "address" or "none" or "mixed")
            .Should().Equal("groups=a", "groups=b", "amount=5");
    }

    [Theory]
    [InlineData("key", "admin")]
    [InlineData("Key", "admin")]
    [InlineData("KEY", "admin")]
    [InlineData("Scope", "admin:all")]
    public async Task But_an_extra_grants_neither_a_scope_nor_a_role(string name, string value)
    {
        await using GuardedApp app = await GuardedApp.StartAsync(app => app.MapGet("/", AllClaims).RequireAuthorization());

        (await app.GetTextAsync("/", Forge.Claims($$"""{"iss":"elsewhere","sub":"ann","exp":4102444800,"{{name}}":"{{value}}"}"""))).Should().Contain("sub=ann").And.NotContain(value);
    }

    [Fact]
    public async Task Its_name_is_the_subject_and_its_role_the_key()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(app =>
        {
            app.MapGet("/name", (ClaimsPrincipal user) => user.Identity!.Name).RequireAuthorization();
            app.MapGet("/role", () => "in").RequireAuthorization(policy => policy.RequireRole("admin"));
            app.MapGet("/claim", () => "in").RequireAuthorization(policy => policy.RequireClaim("scope", "admin:all"));
        });

        (await app.GetTextAsync("/name", GuardedApp.Issue("admin"))).Should().Be("ann");
        (await app.GetAsync("/role", GuardedApp.Issue("admin"))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await app.GetAsync("/role", GuardedApp.Issue("support"))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await app.GetAsync("/claim", GuardedApp.Issue("admin", null, "user:all", "admin:all"))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await app.GetAsync("/claim", GuardedApp.Issue("admin", null, "user:all"))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_copy_of_it_still_has_the_payload()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(app =>
            app.MapGet("/", (ClaimsPrincipal user) =>
                new ClaimsPrincipal(user.Identities.Select(identity => identity.Clone())).GetVerifiedPayload()?.Subject).RequireAuthorization());

        (await app.GetTextAsync("/", GuardedApp.Issue())).Should().Be("ann");
    }

    private static string AllClaims(ClaimsPrincipal user) => string.Join(' ', user.Claims.Select(claim => $"{claim.Type}={claim.Value}"));

    private static async Task<string> ClaimsOfAsync(Action<TestToken> configure)
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGet("/", AllClaims).RequireAuthorization(),
            builder => builder.Services.TrustTestTokens());
        return await app.Client().WithToken(configure).GetStringAsync("/", GuardedApp.Cancel);
    }
}
