using ApiJwts.Testing;
using Hudya.Tests.AspNetCore.Support;

namespace Hudya.Tests.AspNetCore;

public class A_refusal_says_what_to_do_next
{
    private static readonly Action<WebApplication> Endpoints = app =>
    {
        app.MapGet("/scope", () => "").RequireScope("support:mobile", "support:power");
        app.MapGet("/level", () => "").RequireLevel(3.1).RequireLevel(2);
        app.MapGet("/both", () => "").RequireScope("support:all").RequireLevel(3.1);
        app.MapGet("/key", () => "").RequireKey("admin");
        app.MapGet("/key-and-scope", () => "").RequireKey("admin").RequireScope("admin:all");
        app.MapGet("/any", () => "").RequireAnyScope("support:mobile", "support:power").RequireScope("user:all");
        app.MapGet("/odd", () => "").RequireScope("say \"x\"");
        app.MapGet("/role", () => "").RequireAuthorization(policy => policy.RequireRole("admin").RequireLevel(3));
    };

    [Fact]
    public Task Without_a_token_send_one() => ExpectAsync("/scope", null, HttpStatusCode.Unauthorized, "Bearer");

    [Fact]
    public Task With_an_expired_one_get_a_new_one() => ExpectAsync(
        "/scope", token => token.Expired(), HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\", error_description=\"The token has expired.\"");

    [Fact]
    public Task With_a_forged_one_nothing_helps() => ExpectAsync(
        "/scope", token => token.Forged(), HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\", error_description=\"The token is not valid.\"");

    [Fact]
    public Task An_expired_and_forged_one_is_forged() => ExpectAsync(
        "/scope", token => token.Forged().Expired(), HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\", error_description=\"The token is not valid.\"");

    [Fact]
    public Task For_another_audience_no_more_is_said_than_that_it_is_not_valid() => ExpectAsync(
        "/scope", token => token.Audience("somebody"), HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\", error_description=\"The token is not valid.\"");

    [Fact]
    public Task Without_the_scopes_ask_for_these() => ExpectAsync(
        "/scope",
        token => token.Scopes("support:mobile"),
        HttpStatusCode.Forbidden,
        "Bearer error=\"insufficient_scope\", error_description=\"The token does not give access to this.\", scope=\"support:mobile support:power\"");

    [Fact]
    public Task With_too_low_a_level_authenticate_at_this_one() => ExpectAsync(
        "/level",
        token => token.Level(1),
        HttpStatusCode.Unauthorized,
        "Bearer error=\"insufficient_user_authentication\", error_description=\"A higher authentication level is required.\", acr_values=\"3.1\"");

    [Fact]
    public Task Without_the_scope_a_higher_level_would_not_help() => ExpectAsync(
        "/both",
        token => token.Level(1),
        HttpStatusCode.Forbidden,
        "Bearer error=\"insufficient_scope\", error_description=\"The token does not give access to this.\", scope=\"support:all\"");

    [Fact]
    public Task With_another_key_there_is_no_scope_to_ask_for() => ExpectAsync(
        "/key", token => token.Scopes("admin:all"), HttpStatusCode.Forbidden, "Bearer error=\"insufficient_scope\", error_description=\"Tokens of this kind do not give access to this.\"");

    [Fact]
    public Task With_another_key_and_the_scope_that_scope_is_not_asked_for() => ExpectAsync(
        "/key-and-scope", token => token.Scopes("admin:all"), HttpStatusCode.Forbidden, "Bearer error=\"insufficient_scope\", error_description=\"Tokens of this kind do not give access to this.\"");

    [Fact]
    public Task Of_alternative_scopes_one_is_enough() => ExpectAsync(
        "/any",
        token => token.Scopes("user:all"),
        HttpStatusCode.Forbidden,
        "Bearer error=\"insufficient_scope\", error_description=\"The token needs one of these scopes: support:mobile, support:power.\", scope=\"user:all\"");

    [Fact]
    public async Task Without_error_details_no_more_is_said_than_the_status()
    {
        await using GuardedApp app = await StartAsync(services => services.AddProblemDetails()
            .Configure<Microsoft.AspNetCore.Authentication.JwtBearer.JwtBearerOptions>("Bearer", options => options.IncludeErrorDetails = false));

        foreach ((string path, Action<TestToken> token) in new (string, Action<TestToken>)[] { ("/scope", _ => { }), ("/level", _ => { }), ("/scope", token => token.Expired()) })
        {
            HttpResponseMessage answer = await app.Client().WithToken(token).GetAsync(path, GuardedApp.Cancel);

            answer.Headers.WwwAuthenticate.Should().NotContain(challenge => challenge.Parameter != null);
            (await answer.Content.ReadAsStringAsync(GuardedApp.Cancel)).Should().Contain("status").And.NotContain("detail");
        }
    }

    [Fact]
    public Task A_scope_that_a_header_cannot_carry_is_not_put_there() => ExpectAsync(
        "/odd", token => token.Scopes("a"), HttpStatusCode.Forbidden, "Bearer error=\"insufficient_scope\", error_description=\"The token does not give access to this.\"");

    [Fact]
    public Task Where_a_stock_requirement_fails_too_a_higher_level_is_not_asked_for() => ExpectAsync(
        "/role", token => token.Level(1), HttpStatusCode.Forbidden, "Bearer error=\"insufficient_scope\", error_description=\"The token does not give access to this.\"");

    [Theory]
    [InlineData("/scope", 403, "The token does not give access to this.")]
    [InlineData("/level", 401, "A higher authentication level is required.")]
    public async Task It_has_a_problem_body_in_an_application_that_has_them(string path, int status, string detail)
    {
        await using GuardedApp app = await StartAsync(services => services.AddProblemDetails());

        HttpResponseMessage answer = await app.Client().WithToken(_ => { }).GetAsync(path, GuardedApp.Cancel);

        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        string body = await answer.Content.ReadAsStringAsync(GuardedApp.Cancel);
        body.Should().Contain($"\"status\":{status}").And.Contain($"\"detail\":\"{detail}\"");
    }

    [Fact]
    public async Task A_problem_body_tells_an_expired_token_from_none()
    {
        await using GuardedApp app = await StartAsync(services => services.AddProblemDetails());

        string expired = await (await app.Client().WithToken(token => token.Expired()).GetAsync("/scope", GuardedApp.Cancel)).Content.ReadAsStringAsync(GuardedApp.Cancel);
        string none = await (await app.GetAsync("/scope")).Content.ReadAsStringAsync(GuardedApp.Cancel);

        expired.Should().Contain("The token has expired.");
        none.Should().Contain("\"status\":401").And.NotContain("detail");
    }

    [Fact]
    public async Task Nothing_of_a_token_is_in_the_log()
    {
        await using GuardedApp app = await StartAsync();
        string[] tokens =
        [
            TestToken.Sign(token => token.Subject("secret-subject").Scopes("secret:scope")),
            TestToken.Sign(token => token.Subject("secret-subject").Expired()),
            TestToken.Sign(token => token.Subject("secret-subject").Forged()),
        ];

        foreach (string token in tokens)
            await app.GetAsync("/scope", token);

        foreach (string secret in tokens.SelectMany(token => token.Split('.')).Append("secret"))
            app.Log.Lines.Should().NotContain(line => line.Contains(secret, StringComparison.Ordinal));
        app.Log.Lines.Should().ContainSingle(line => line.Contains("Refused a token: Expired", StringComparison.Ordinal));
        app.Log.Lines.Should().ContainSingle(line => line.Contains("Refused a token: InvalidSignature", StringComparison.Ordinal));
    }

    private static async Task ExpectAsync(string path, Action<TestToken>? token, HttpStatusCode status, string challenge)
    {
        await using GuardedApp app = await StartAsync();
        HttpClient client = token is null ? app.Client() : app.Client().WithToken(token);

        HttpResponseMessage answer = await client.GetAsync(path, GuardedApp.Cancel);

        answer.StatusCode.Should().Be(status);
        answer.Headers.GetValues("WWW-Authenticate").Should().Equal(challenge);
        (await answer.Content.ReadAsStringAsync(GuardedApp.Cancel)).Should().BeEmpty();
    }

    private static Task<GuardedApp> StartAsync(Action<IServiceCollection>? more = null) => GuardedApp.StartAsync(Endpoints, builder =>
    {
        builder.Services.TrustTestTokens();
        more?.Invoke(builder.Services);
    });
}
