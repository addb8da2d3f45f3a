using Microsoft.Playwright;

namespace Hudya.Tests.AspNetCore.Browser;

/// <summary>A page of one origin calls an API of another origin, with CORS configured as the README shows.</summary>
public class A_refusal_reaches_a_script
{
    private const string Ask = """
        async ([address, token]) => {
            const answer = await fetch(address, { headers: token ? { Authorization: 'Bearer ' + token } : {} });
            return answer.status + ' ' + (answer.headers.get('WWW-Authenticate') ?? answer.headers.get('Retry-After'));
        }
        """;

    [Fact]
    public async Task A_script_of_another_origin_can_read_the_status_and_the_challenge()
    {
        await using HeadlessChromium chromium = await HeadlessChromium.StartAsync();
        await using GuardedApp site = await GuardedApp.StartBareAsync(app => app.MapGet("/", () => Results.Content("<!doctype html>", "text/html")), Hubs.Listen);
        await using GuardedApp api = await StartApiAsync(site.Address, options => options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem));
        // The key set cannot be fetched, because nothing listens on that port.
        await using GuardedApp unready = await StartApiAsync(site.Address, options => options.JwksUri = new Uri("http://127.0.0.1:1/keys"));
        IPage page = await chromium.NewPageAsync();
        await page.GotoAsync(site.Address);

        (await AskAsync(page, api, GuardedApp.Issue("support", null, "support:insurance"))).Should().Be("200 null");
        (await AskAsync(page, api, null)).Should().Be("401 Bearer");
        (await AskAsync(page, api, "forged")).Should().StartWith("401 Bearer error=\"invalid_token\"");
        (await AskAsync(page, api, GuardedApp.Issue())).Should().StartWith("403 Bearer error=\"insufficient_scope\"").And.EndWith("scope=\"support:insurance\"");
        (await AskAsync(page, unready, GuardedApp.Issue())).Should().Be("503 5");
    }

    private static Task<string> AskAsync(IPage page, GuardedApp api, string? token) => page.EvaluateAsync<string>(Ask, new[] { api.Address + "/policies", token });

    private static Task<GuardedApp> StartApiAsync(string origin, Action<ApiJwtOptions> configure) => GuardedApp.StartAsync<HudyaJwt>(
        app =>
        {
            app.UseCors();
            app.UseAuthentication();
            app.UseAuthorization();
            app.MapGet("/policies", () => "policies").RequireScope("support:insurance");
        },
        configure,
        builder =>
        {
            builder.Listen();
            builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
                .WithOrigins(origin).AllowAnyMethod().AllowAnyHeader().WithExposedHeaders("WWW-Authenticate", "Retry-After")));
        });
}
