using System.Text.Json.Nodes;
using Hudya.Tests.AspNetCore.Browser;
using Microsoft.Playwright;

namespace Hudya.Tests.AspNetCore;

public class The_demo_is_called_from_its_page(DemoServices demo) : IClassFixture<DemoServices>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_of_the_demo_is_the_approved_one()
    {
        JsonNode document = JsonNode.Parse(await demo.Api.Client.GetStringAsync("/openapi/v1.json", Cancel))!;
        document.AsObject().Remove("servers");
        string received = Path.Combine(AppContext.BaseDirectory, "OpenApi", "received.json");
        await File.WriteAllTextAsync(received, document.ToString() + "\n", Cancel);

        (await File.ReadAllTextAsync(received, Cancel)).ReplaceLineEndings("\n").Should().Be(
            (await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "OpenApi", "demo.json"), Cancel)).ReplaceLineEndings("\n"),
            "the document changed; to accept the change: cp {0} tests/ApiJwt.AspNetCore.Tests/OpenApi/demo.json", received);
    }

    [Fact]
    public async Task The_demo_is_called_with_a_token_that_is_entered_on_its_page()
    {
        await using HeadlessChromium browser = await HeadlessChromium.StartAsync();
        IPage page = await browser.NewPageAsync(width: 1280, height: 640);
        var hosts = new HashSet<string>();
        page.Request += (_, request) => hosts.Add(new Uri(request.Url).Authority);
        await page.GotoAsync(demo.Api.At("/scalar").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "/contracts HTTP Method: GET" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Test Request (get /contracts)" }).ClickAsync();
        ILocator client = page.GetByRole(AriaRole.Dialog);

        await SendAsync("401 Unauthorized");
        await client.GetByLabel("Bearer Token").FillAsync(await demo.Auth.LogInAsync());
        await SendAsync("200 OK");
        await client.GetByText("All mobile contracts.").WaitForAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "OpenApi", "scalar.png") });

        hosts.Should().Equal([demo.Api.Client.BaseAddress!.Authority], "the page must work without internet access");

        async Task SendAsync(string answer)
        {
            await client.GetByRole(AriaRole.Button, new() { Name = "Send get request" }).ClickAsync();
            await client.GetByRole(AriaRole.Link, new() { Name = answer }).WaitForAsync();
        }
    }
}
