using System.Security.Claims;
using System.Text.Encodings.Web;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hudya.Tests.AspNetCore;

public class What_a_token_must_have_adds_up
{
    private const string Mobile = "support:mobile";
    private const string Power = "support:power";

    [Theory]
    [InlineData("/all", Mobile, false)]
    [InlineData("/all", Mobile + "," + Power, true)]
    [InlineData("/any", Power, true)]
    [InlineData("/any", "support:all", false)]
    [InlineData("/twice", Mobile, false)]
    [InlineData("/twice", Mobile + "," + Power, true)]
    [InlineData("/group/inside", Power, false)]
    [InlineData("/group/inside", Mobile + "," + Power, true)]
    [InlineData("/policy", Mobile, true)]
    [InlineData("/policy", Power, false)]
    public async Task On_endpoints_groups_and_policies(string path, string scopes, bool passes)
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app =>
            {
                app.MapGet("/all", () => "").RequireScope(Mobile, Power);
                app.MapGet("/any", () => "").RequireAnyScope(Mobile, Power);
                app.MapGet("/twice", () => "").RequireScope(Mobile).RequireScope(Power);
                app.MapGroup("/group").RequireScope(Mobile).MapGet("/inside", () => "").RequireScope(Power);
                app.MapGet("/policy", () => "").RequireAuthorization("mobile");
            },
            builder => builder.Services.AddAuthorizationBuilder()
                .AddPolicy("mobile", policy => policy.RequireScope(Mobile).RequireAnyScope(Mobile, Power).RequireLevel(2).RequireKey("user", "support")));

        HttpResponseMessage answer = await app.GetAsync(path, GuardedApp.Issue("support", 2.0, scopes.Split(',')));

        answer.StatusCode.Should().Be(passes ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_user_who_came_without_a_payload_passes_none_of_them()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app =>
            {
                app.MapGet("/scope", () => "").RequireScope(Mobile);
                app.MapGet("/any", () => "").RequireAnyScope(Mobile);
                app.MapGet("/level", () => "").RequireLevel(1);
                app.MapGet("/key", () => "").RequireKey("support");
                app.MapGet("/me", (VerifiedPayload me) => me.Subject);
                app.MapGet("/in", () => "").RequireAuthorization();
            },
            builder => builder.Services.AddAuthentication("Other").AddScheme<AuthenticationSchemeOptions, EverybodyIsAnn>("Other", null));

        (await app.GetAsync("/in")).StatusCode.Should().Be(HttpStatusCode.OK, "the other scheme lets everybody in");
        foreach (string path in (string[])["/scope", "/any", "/level", "/key", "/me"])
            (await app.GetAsync(path)).IsSuccessStatusCode.Should().BeFalse(path);
    }

    [Fact]
    public void An_empty_list_is_refused_where_it_is_written()
    {
        var policy = new AuthorizationPolicyBuilder();
        Action[] mistakes =
        [
            () => policy.RequireScope(),
            () => policy.RequireScope("a", ""),
            () => policy.RequireScope("a,b"),
            () => policy.RequireScope(null!, "a"),
            () => policy.RequireAnyScope(),
            () => policy.RequireKey(),
            () => policy.RequireKey(""),
            () => policy.RequireLevel(0),
            () => policy.RequireLevel(-1),
            () => policy.RequireLevel(double.NaN),
            () => policy.RequireLevel(double.PositiveInfinity),
            () => _ = new RequireScopeAttribute(),
            () => _ = new RequireAnyScopeAttribute(),
            () => _ = new RequireKeyAttribute(),
        ];

        foreach (Action mistake in mistakes)
            mistake.Should().Throw<ArgumentException>();
    }

    private sealed class EverybodyIsAnn(
        IOptionsMonitor<AuthenticationSchemeOptions> options,
        ILoggerFactory logger,
        UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            // Claims of the right names and values, from somebody who verified no token of ours.
            Claim[] claims = [new("sub", "ann"), new("scope", Mobile), new("level", "4.0"), new("key", "support")];
            var user = new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme.Name));
            return Task.FromResult(AuthenticateResult.Success(new(user, Scheme.Name)));
        }
    }
}
