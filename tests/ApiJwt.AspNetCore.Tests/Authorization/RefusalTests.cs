using ApiJwts.Testing;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Hudya.Tests.AspNetCore.Authorization;

/// <summary>A refusal says what to do next, by RFC 6750 and RFC 9470, and no more.</summary>
public class RefusalTests
{
    private const string NotValid = "Bearer error=\"invalid_token\", error_description=\"The token is not valid.\"";
    private const string NoAccess = "Bearer error=\"insufficient_scope\", error_description=\"The token does not give access to this.\"";
    private const string OtherKind = "Bearer error=\"insufficient_scope\", error_description=\"Tokens of this kind do not give access to this.\"";

    /// <summary>The path, the token of the caller, and the answer.</summary>
    public static TheoryData<string, Action<TestToken>?, HttpStatusCode, string> Refusals => new()
    {
        { "/scope", null, HttpStatusCode.Unauthorized, "Bearer" },
        { "/scope", token => token.Expired(), HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\", error_description=\"The token has expired.\"" },
        { "/scope", token => token.Forged(), HttpStatusCode.Unauthorized, NotValid },
        // One that is expired and forged is forged.
        { "/scope", token => token.Forged().Expired(), HttpStatusCode.Unauthorized, NotValid },
        { "/scope", token => token.Audience("somebody"), HttpStatusCode.Unauthorized, NotValid },
        { "/scope", token => token.Scopes("support:mobile"), HttpStatusCode.Forbidden, $"{NoAccess}, scope=\"support:mobile support:power\"" },
        {
            "/level", token => token.Level(1), HttpStatusCode.Unauthorized,
            "Bearer error=\"insufficient_user_authentication\", error_description=\"A higher authentication level is required.\", acr_values=\"3.1\""
        },
        // Without the scope, a higher level would not help.
        { "/both", token => token.Level(1), HttpStatusCode.Forbidden, $"{NoAccess}, scope=\"support:all\"" },
        // With another key, there is no scope to ask for.
        { "/key", token => token.Scopes("admin:all"), HttpStatusCode.Forbidden, OtherKind },
        { "/key-and-scope", token => token.Scopes("admin:all"), HttpStatusCode.Forbidden, OtherKind },
        {
            "/any", token => token.Scopes("user:all"), HttpStatusCode.Forbidden,
            "Bearer error=\"insufficient_scope\", error_description=\"The token needs one of these scopes: support:mobile, support:power.\", scope=\"user:all\""
        },
        // A scope that a header cannot carry is not put there.
        { "/odd", token => token.Scopes("a"), HttpStatusCode.Forbidden, NoAccess },
        // A stock requirement fails too, so that a higher level would not help.
        { "/role", token => token.Level(1), HttpStatusCode.Forbidden, NoAccess },
    };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task The_challenge_says_what_would_help(string path, Action<TestToken>? token, HttpStatusCode status, string challenge)
    {
        await using GuardedApp app = await StartAsync();
        HttpClient client = token is null ? app.Client() : app.Client().WithToken(token);

        HttpResponseMessage answer = await client.GetAsync(path, GuardedApp.Cancel);

        answer.StatusCode.Should().Be(status);
        answer.Headers.GetValues("WWW-Authenticate").Should().Equal(challenge);
        (await answer.Content.ReadAsStringAsync(GuardedApp.Cancel)).Should().BeEmpty();
    }

    [Fact]
    public async Task Without_error_details_no_more_is_said_than_the_status()
    {
        await using GuardedApp app = await StartAsync(services => services.AddProblemDetails()
            .Configure<JwtBearerOptions>("Bearer", options => options.IncludeErrorDetails = false));

        foreach ((string path, Action<TestToken> token) in new (string, Action<TestToken>)[] { ("/scope", _ => { }), ("/level", _ => { }), ("/scope", token => token.Expired()) })
        {
            HttpResponseMessage answer = await app.Client().WithToken(token).GetAsync(path, GuardedApp.Cancel);
            answer.Headers.WwwAuthenticate.Should().NotContain(challenge => challenge.Parameter != null);
            (await answer.Content.ReadAsStringAsync(GuardedApp.Cancel)).Should().Contain("status").And.NotContain("detail");
        }
    }

    [Fact]
    public async Task A_problem_body_says_it_too_in_an_application_that_has_them()
    {
        await using GuardedApp app = await StartAsync(services => services.AddProblemDetails());
        HttpClient valid = app.Client().WithToken(_ => { });
        (HttpClient Client, string Path, int Status, string? Detail)[] refusals =
        [
            (valid, "/scope", 403, "The token does not give access to this."),
            (valid, "/level", 401, "A higher authentication level is required."),
            (app.Client().WithToken(token => token.Expired()), "/scope", 401, "The token has expired."),
            (app.Client(), "/scope", 401, null),
        ];

        foreach ((HttpClient client, string path, int status, string? detail) in refusals)
        {
            HttpResponseMessage answer = await client.GetAsync(path, GuardedApp.Cancel);
            answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
            string body = await answer.Content.ReadAsStringAsync(GuardedApp.Cancel);
            body.Should().Contain($"\"status\":{status}");
            if (detail is null)
                body.Should().NotContain("detail");
            else
                body.Should().Contain($"\"detail\":\"{detail}\"");
        }
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

    private static Task<GuardedApp> StartAsync(Action<IServiceCollection>? more = null) => GuardedApp.StartAsync(
        app =>
        {
            app.MapGet("/scope", () => "").RequireScope("support:mobile", "support:power");
            app.MapGet("/level", () => "").RequireLevel(3.1).RequireLevel(2);
            app.MapGet("/both", () => "").RequireScope("support:all").RequireLevel(3.1);
            app.MapGet("/key", () => "").RequireKey("admin");
            app.MapGet("/key-and-scope", () => "").RequireKey("admin").RequireScope("admin:all");
            app.MapGet("/any", () => "").RequireAnyScope("support:mobile", "support:power").RequireScope("user:all");
            app.MapGet("/odd", () => "").RequireScope("say \"x\"");
            app.MapGet("/role", () => "").RequireAuthorization(policy => policy.RequireRole("admin").RequireLevel(3));
        },
        builder =>
        {
            builder.Services.TrustTestTokens();
            more?.Invoke(builder.Services);
        });
}
