using System.Text.Json.Nodes;
using ApiJwts.Testing;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Hudya.Tests.AspNetCore.Authorization;

/// <summary>A refusal tells the client what to do next, as RFC 6750 and RFC 9470 define it, and nothing else.</summary>
public sealed class RefusalTests(SharedApp<RefusalTests> shared) : IClassFixture<SharedApp<RefusalTests>>, IStartsApp
{
    private const string NotValid = "Bearer error=\"invalid_token\", error_description=\"The token is not valid.\"";
    private const string NoAccess = "Bearer error=\"insufficient_scope\", error_description=\"The token does not give access to this.\"";
    private const string OtherKind = "Bearer error=\"insufficient_scope\", error_description=\"Tokens of this kind do not give access to this.\"";

    /// <summary>The path, the token of the caller, and the expected status and challenge.</summary>
    public static TheoryData<string, Action<TestToken>?, HttpStatusCode, string> Refusals => new()
    {
        { "/scope", null, HttpStatusCode.Unauthorized, "Bearer" },
        { "/scope", token => token.Expired(), HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\", error_description=\"The token has expired.\"" },
        { "/scope", token => token.Forged(), HttpStatusCode.Unauthorized, NotValid },
        // A token that is expired and forged is reported as forged.
        { "/scope", token => token.Forged().Expired(), HttpStatusCode.Unauthorized, NotValid },
        { "/scope", token => token.Audience("somebody"), HttpStatusCode.Unauthorized, NotValid },
        { "/scope", token => token.Scopes("support:mobile"), HttpStatusCode.Forbidden, $"{NoAccess}, scope=\"support:mobile support:power\"" },
        {
            "/level", token => token.Level(1), HttpStatusCode.Unauthorized,
            "Bearer error=\"insufficient_user_authentication\", error_description=\"A higher authentication level is required.\", acr_values=\"3.1\""
        },
        // The scope is missing too, so a higher level would not help.
        { "/both", token => token.Level(1), HttpStatusCode.Forbidden, $"{NoAccess}, scope=\"support:all\"" },
        // The key is wrong, so no scope would help.
        { "/key", token => token.Scopes("admin:all"), HttpStatusCode.Forbidden, OtherKind },
        { "/key-and-scope", token => token.Scopes("admin:all"), HttpStatusCode.Forbidden, OtherKind },
        {
            "/any", token => token.Scopes("user:all"), HttpStatusCode.Forbidden,
            "Bearer error=\"insufficient_scope\", error_description=\"The token needs one of these scopes: support:mobile, support:power.\", scope=\"user:all\""
        },
        // This scope cannot be written in a header.
        { "/odd", token => token.Scopes("a"), HttpStatusCode.Forbidden, NoAccess },
        // A stock requirement fails too, so that a higher level would not help.
        { "/role", token => token.Level(1), HttpStatusCode.Forbidden, NoAccess },
    };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task The_challenge_says_what_would_help(string path, Action<TestToken>? token, HttpStatusCode status, string challenge)
    {
        HttpClient client = shared.App.Client();

        HttpResponseMessage answer = await (token is null ? client : client.WithToken(token)).GetAsync(path, GuardedApp.Cancel);

        answer.StatusCode.Should().Be(status);
        answer.Headers.GetValues("WWW-Authenticate").Should().Equal(challenge);
        (await answer.Content.ReadAsStringAsync(GuardedApp.Cancel)).Should().BeEmpty();
    }

    [Fact]
    public async Task Without_error_details_the_challenge_has_no_details()
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
    public async Task The_body_is_a_problem_if_the_application_uses_problem_details()
    {
        await using GuardedApp app = await StartAsync(services => services.AddProblemDetails());
        HttpClient valid = app.Client().WithToken(_ => { });
        (HttpClient Client, string Path, string Status, string? Detail)[] refusals =
        [
            (valid, "/scope", "403", "The token does not give access to this."),
            (valid, "/level", "401", "A higher authentication level is required."),
            (app.Client().WithToken(token => token.Expired()), "/scope", "401", "The token has expired."),
            (app.Client(), "/scope", "401", null),
        ];

        foreach ((HttpClient client, string path, string status, string? detail) in refusals)
        {
            HttpResponseMessage answer = await client.GetAsync(path, GuardedApp.Cancel);
            answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
            JsonNode body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(GuardedApp.Cancel))!;
            (body["status"]?.ToString(), body["detail"]?.ToString()).Should().Be((status, detail));
        }
    }

    [Fact]
    public async Task The_log_contains_no_part_of_a_token()
    {
        await using GuardedApp app = await StartAsync();
        Action<TestToken>[] kinds = [token => token.Scopes("secret:scope"), token => token.Expired(), token => token.Forged()];
        string[] tokens = [.. kinds.Select(kind => TestToken.Sign(token => kind(token.Subject("secret-subject"))))];

        foreach (string token in tokens)
            await app.GetAsync("/scope", token);

        foreach (string secret in tokens.SelectMany(token => token.Split('.')).Append("secret"))
            app.Log.Lines.Should().NotContain(line => line.Contains(secret, StringComparison.Ordinal));
        foreach (string failure in (string[])["Expired", "InvalidSignature"])
            app.Log.Lines.Should().ContainSingle(line => line.Contains($"Refused a token: {failure}", StringComparison.Ordinal));
    }

    static Task<GuardedApp> IStartsApp.StartAsync() => StartAsync();

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
