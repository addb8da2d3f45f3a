using Microsoft.Playwright;

namespace Hudya.Tests.AspNetCore.Browser;

/// <summary>The installed Chromium without a window. It can connect to this machine only.</summary>
public sealed class HeadlessChromium : IAsyncDisposable
{
    private const string Path = "/usr/bin/chromium";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private HeadlessChromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<HeadlessChromium> StartAsync()
    {
        if (!File.Exists(Path))
            MissingProgram.Report($"{Path} is not there, so that no page was opened. Install it with: bash tests/ApiJwt.AspNetCore.Tests/Browser/install.sh");
        IPlaywright playwright = await Playwright.CreateAsync();
        try
        {
            // Host names are not resolved, so that a page that needs another host fails on every machine, also on one with internet access.
            return new HeadlessChromium(playwright, await playwright.Chromium.LaunchAsync(
                new() { ExecutablePath = Path, Args = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"] }));
        }
        catch
        {
            playwright.Dispose();
            throw;
        }
    }

    /// <summary>A page with a new profile, without cookies or storage.</summary>
    public Task<IPage> NewPageAsync(int width = 1280, int height = 800) =>
        _browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height } });

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
