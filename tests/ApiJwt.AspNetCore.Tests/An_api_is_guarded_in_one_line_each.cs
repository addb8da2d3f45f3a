using Hudya.Tests.AspNetCore.Support;

namespace Hudya.Tests.AspNetCore;

public class An_api_is_guarded_in_one_line_each
{
    [Theory]
    [InlineData("GET", "/policies", "support", 0.0, "support:insurance", HttpStatusCode.OK)]
    [InlineData("GET", "/policies", "support", 0.0, "support:power", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/payout", "support", 3.1, "support:all", HttpStatusCode.OK)]
    [InlineData("POST", "/payout", "support", 4.0, "support:all", HttpStatusCode.OK)]
    [InlineData("POST", "/payout", "support", 3.0, "support:all", HttpStatusCode.Unauthorized)]
    [InlineData("POST", "/payout", "support", 3.1, "support:mobile", HttpStatusCode.Forbidden)]
    [InlineData("GET", "/admin", "admin", 0.0, "admin:all", HttpStatusCode.OK)]
    [InlineData("GET", "/admin", "support", 0.0, "support:all", HttpStatusCode.Forbidden)]
    [InlineData("GET", "/me", "user", 0.0, "NO", HttpStatusCode.OK)]
    public async Task A_token_opens_what_it_should(string method, string path, string key, double level, string scope, HttpStatusCode expected)
    {
        await using GuardedApp app = await StartAsync();
        string token = GuardedApp.Issue(key, level, scope);

        using HttpResponseMessage answer = await app.Client(token).SendAsync(new HttpRequestMessage(new HttpMethod(method), path), GuardedApp.Cancel);

        answer.StatusCode.Should().Be(expected);
    }

    [Theory]
    [InlineData("GET", "/policies")]
    [InlineData("POST", "/payout")]
    [InlineData("GET", "/admin")]
    [InlineData("GET", "/me")]
    public async Task Without_a_token_everything_stays_shut(string method, string path)
    {
        await using GuardedApp app = await StartAsync();

        using HttpResponseMessage answer = await app.Client().SendAsync(new HttpRequestMessage(new HttpMethod(method), path), GuardedApp.Cancel);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().Should().Be("Bearer");
    }

    [Fact]
    public async Task The_endpoint_knows_who_is_asking()
    {
        await using GuardedApp app = await StartAsync();

        (await app.GetTextAsync("/me", GuardedApp.Issue("user"))).Should().Be("ann");
    }

    private static Task<GuardedApp> StartAsync() => GuardedApp.StartAsync(app =>
    {
        app.MapGet("/policies", () => "policies").RequireScope("support:insurance");
        app.MapPost("/payout", () => "paid").RequireScope("support:all").RequireLevel(3.1);
        app.MapGet("/admin", () => "admin").RequireKey("admin");
        app.MapJwks<HudyaJwt>();
        app.MapGet("/me", (VerifiedPayload me) => me.Subject);
    });
}
