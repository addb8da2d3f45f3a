using System.Net.Http.Json;

namespace Hudya.Tests.AspNetCore;

public class Two_services_work_together_over_http(DemoServices demo) : IClassFixture<DemoServices>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_services_work_together_from_the_login_until_the_auth_service_ends()
    {
        (await PostAsync(demo.Auth, "/login", null, new { user = "ann", password = "wrong" })).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        string token = await demo.Auth.LogInAsync();

        (await GetAsync("/me", null)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await (await GetAsync("/me", token)).Content.ReadAsStringAsync(Cancel)).Should().Be("ann");
        (await GetAsync("/contracts", token)).StatusCode.Should().Be(HttpStatusCode.OK);

        HttpResponseMessage forbidden = await GetAsync("/policies", token);
        forbidden.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        forbidden.Headers.WwwAuthenticate.ToString().Should().Contain("insufficient_scope").And.Contain("scope=\"support:insurance\"");

        HttpResponseMessage tooWeak = await PostAsync(demo.Api, "/payout", token);
        tooWeak.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        tooWeak.Headers.WwwAuthenticate.ToString().Should().Contain("insufficient_user_authentication").And.Contain("acr_values=\"3.1\"");
        HttpResponseMessage stronger = await PostAsync(demo.Auth, "/step-up", token, new { code = "123456" });
        string strong = (await stronger.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Dictionary<string, string>>(Cancel))!["token"];
        (await PostAsync(demo.Api, "/payout", strong)).StatusCode.Should().Be(HttpStatusCode.OK);

        await RotateWhileRequestsRunAsync(token);
        string rotated = await demo.Auth.LogInAsync();
        (await GetAsync("/contracts", rotated)).StatusCode.Should().Be(HttpStatusCode.OK);

        await demo.Auth.KillAsync();
        (await GetAsync("/contracts", token)).StatusCode.Should().Be(HttpStatusCode.OK, "the API has the keys");
        (await GetAsync("/contracts", rotated)).StatusCode.Should().Be(HttpStatusCode.OK, "the API has the keys");
    }

    private async Task RotateWhileRequestsRunAsync(string oldToken)
    {
        string admin = await demo.Auth.LogInAsync("root", "battery staple");
        (await PostAsync(demo.Auth, "/rotate", oldToken)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        var answers = new List<HttpStatusCode>();
        using var done = new CancellationTokenSource();
        Task withOldToken = Task.Run(() => AskUntilAsync(() => Task.FromResult(oldToken), answers, done.Token), Cancel);
        Task withNewestToken = Task.Run(() => AskUntilAsync(() => demo.Auth.LogInAsync(), answers, done.Token), Cancel);
        await WaitForMoreAsync(answers);

        (await PostAsync(demo.Auth, "/rotate", admin)).StatusCode.Should().Be(HttpStatusCode.OK);

        await WaitForMoreAsync(answers);
        await done.CancelAsync();
        await Task.WhenAll(withOldToken, withNewestToken);
        answers.Should().AllBeEquivalentTo(HttpStatusCode.OK);
    }

    private async Task AskUntilAsync(Func<Task<string>> token, List<HttpStatusCode> answers, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            HttpStatusCode answer = (await GetAsync("/contracts", await token())).StatusCode;
            lock (answers)
                answers.Add(answer);
        }
    }

    private static Task WaitForMoreAsync(List<HttpStatusCode> answers)
    {
        int enough = answers.Count + 50;
        return Soon.ItIsTrueAsync(() => answers.Count >= enough);
    }

    private Task<HttpResponseMessage> GetAsync(string path, string? token) => demo.Api.SendAsync(HttpMethod.Get, path, token);

    private static Task<HttpResponseMessage> PostAsync(Service service, string path, string? token, object? body = null) =>
        service.SendAsync(HttpMethod.Post, path, token, body);
}
