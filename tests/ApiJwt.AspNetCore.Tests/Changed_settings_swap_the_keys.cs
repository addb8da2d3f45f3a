using Hudya.Tests.AspNetCore.Support;

namespace Hudya.Tests.AspNetCore;

public class Changed_settings_swap_the_keys
{
    private static readonly HudyaJwt SecondAuthService = new(new ApiJwtOptions { PrivateKey = TestKeys.Second.PrivateKeyPem });

    private readonly string _token = GuardedApp.Issue("support", null, "support:mobile");
    private readonly string _secondToken = SecondAuthService.Encode(new TokenRequest { Subject = "ann", Key = "support", Scopes = ["support:mobile"] });

    [Fact]
    public async Task Without_a_restart()
    {
        await using GuardedApp app = await StartAsync();
        (await app.GetAsync("/", _token)).StatusCode.Should().Be(HttpStatusCode.OK);

        app.Change("Jwt:PublicKeys:0", TestKeys.Second.PublicKeyPem);

        (await app.GetAsync("/", _secondToken)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await app.GetAsync("/", _token)).StatusCode.Should().Be(HttpStatusCode.Unauthorized, "its key is gone");
    }

    [Fact]
    public async Task Without_dropping_a_request()
    {
        await using GuardedApp app = await StartAsync();
        using var done = new CancellationTokenSource();
        using var answered = new SemaphoreSlim(0);
        Task<int> requests = Task.Run(async () =>
        {
            int count = 0;
            while (!done.IsCancellationRequested)
            {
                (await app.GetAsync("/", _token)).StatusCode.Should().Be(HttpStatusCode.OK);
                count++;
                answered.Release();
            }

            return count;
        });

        for (int i = 0; i < 20; i++)
        {
            await answered.WaitAsync(GuardedApp.Cancel);
            app.Change("Jwt:PublicKeys:1", i % 2 == 0 ? TestKeys.Second.PublicKeyPem : TestKeys.Foreign.PublicKeyPem);
        }

        await done.CancelAsync();

        (await requests).Should().BeGreaterThanOrEqualTo(20);
    }

    [Theory]
    [InlineData("Jwt:PublicKeys:0", "no key", "PublicKeys[0]")]
    [InlineData("Jwt:PrivateKey", "no key", "PrivateKey")]
    [InlineData("Jwt:PublicKeys:0", "", "the text is empty")]
    public async Task But_bad_ones_are_an_error_in_the_log_and_nothing_else(string setting, string value, string expected)
    {
        await using GuardedApp app = await StartAsync();

        app.Change(setting, value);

        (await app.GetAsync("/", _token)).StatusCode.Should().Be(HttpStatusCode.OK);
        app.Log.Lines.Should().ContainSingle(line => line.StartsWith("Error: ", StringComparison.Ordinal)).Which.Should().Contain("HudyaJwt").And.Contain(expected);
    }

    [Fact]
    public async Task And_good_ones_after_bad_ones_are_taken_over()
    {
        await using GuardedApp app = await StartAsync();

        app.Change("Jwt:PublicKeys:0", "no key");
        app.Change("Jwt:PublicKeys:0", TestKeys.Second.PublicKeyPem);

        (await app.GetAsync("/", _secondToken)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_change_of_something_else_leaves_them_alone()
    {
        await using GuardedApp app = await StartAsync();

        app.Change("Other:Setting", "changed");

        app.Log.Lines.Should().NotContain(line => line.Contains("The keys were changed", StringComparison.Ordinal));
    }

    private static Task<GuardedApp> StartAsync() => GuardedApp.StartAsync(app => app.MapGet("/", () => "").RequireScope("support:mobile"));
}
