using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hudya.Tests.AspNetCore.Browser;
using Microsoft.Playwright;

namespace Hudya.Tests.AspNetCore;

public sealed class The_demo_is_called_from_its_page : IAsyncLifetime
{
    private Service _auth = null!;
    private Service _api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _auth = await Service.StartAsync("ApiJwt.Demo.Auth");
        _api = await Service.StartAsync("ApiJwt.Demo.Api", $"--Jwt:JwksUri={_auth.At("/.well-known/jwks.json")}", "--environment=Development");
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _auth.DisposeAsync();
    }

    [Fact]
    public async Task Its_document_is_the_approved_one()
    {
        JsonNode document = JsonNode.Parse(await _api.Client.GetStringAsync("/openapi/v1.json", Cancel))!;
        document.AsObject().Remove("servers");
        string received = Path.Combine(AppContext.BaseDirectory, "OpenApi", "received.json");
        await File.WriteAllTextAsync(received, document.ToString() + "\n", Cancel);

        (await File.ReadAllTextAsync(received, Cancel)).ReplaceLineEndings("\n").Should().Be(
            (await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "OpenApi", "demo.json"), Cancel)).ReplaceLineEndings("\n"),
            "a change of the document is reviewed; to accept it: cp {0} tests/ApiJwt.AspNetCore.Tests/OpenApi/demo.json", received);
    }

    [Fact]
    public async Task With_a_token_that_is_entered_there()
    {
        await using HeadlessChromium browser = await HeadlessChromium.StartAsync();
        IPage page = await browser.NewPageAsync(width: 1280, height: 640);
        var hosts = new HashSet<string>();
        page.Request += (_, request) => hosts.Add(new Uri(request.Url).Authority);
        await page.GotoAsync(_api.At("/scalar").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "/contracts HTTP Method: GET" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Test Request (get /contracts)" }).ClickAsync();
        ILocator client = page.GetByRole(AriaRole.Dialog);

        await SendAsync("401 Unauthorized");
        await client.GetByLabel("Bearer Token").FillAsync(await LogInAsync());
        await SendAsync("200 OK");
        await client.GetByText("All mobile contracts.").WaitForAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "OpenApi", "scalar.png") });

        hosts.Should().Equal([_api.Client.BaseAddress!.Authority], "the page works without the internet");

        async Task SendAsync(string answer)
        {
            await client.GetByRole(AriaRole.Button, new() { Name = "Send get request" }).ClickAsync();
            await client.GetByRole(AriaRole.Link, new() { Name = answer }).WaitForAsync();
        }
    }

    private async Task<string> LogInAsync()
    {
        HttpResponseMessage answer = await _auth.Client.PostAsJsonAsync("/login", new { user = "ann", password = "correct horse" }, Cancel);
        return (await answer.Content.ReadFromJsonAsync<Dictionary<string, string>>(Cancel))!["token"];
    }
}
