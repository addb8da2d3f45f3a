using ApiJwts.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Tool;

/// <summary>Tests the command <c>apijwt verify</c> with a key set from a server.</summary>
public sealed class VerifyWithKeySetTests : IAsyncLifetime
{
    private readonly Workplace _work = new();
    private readonly WebApplication _server;
    private readonly string _token = new HudyaJwt(TestKeys.Issuing).Encode(new TokenRequest { Subject = "ann" });

    public VerifyWithKeySetTests()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddApiJwt<HudyaJwt>(options => options.PrivateKey = TestKeys.Ours.PrivateKeyPem);
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _server.MapJwks<HudyaJwt>();
        _server.MapGet("/silent", (CancellationToken aborted) => Task.Delay(Timeout.Infinite, aborted));
        _server.MapGet("/away", () => Results.Redirect("/.well-known/jwks.json"));
    }

    private string Address => _server.Urls.Single();

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
        _work.Dispose();
    }

    [Fact]
    public async Task A_token_of_a_key_of_the_set_is_valid()
    {
        ToolAnswer answer = await _work.RunAsync("verify", _token, "--jwks", $"{Address}/.well-known/jwks.json");

        answer.ExitCode.Should().Be(0, answer.Output);
        answer.Fact("sub").Should().Be("ann");
    }

    [Theory]
    [InlineData("/nothing", "answered 404")]
    [InlineData("/silent", "did not answer in time")]
    [InlineData("/away", "answered 302, and redirects are not followed")]
    public async Task An_address_without_a_key_set_is_reported_with_its_answer(string path, string why)
    {
        string address = Address + path;
        ToolAnswer answer = await _work.RunAsync("verify", _token, "--jwks", address);
        ToolAnswer forScripts = await _work.RunAsync("verify", _token, "--jwks", address, "--json");

        answer.ExitCode.Should().Be(1);
        answer.Output.Should().Contain("REFUSED: KeysUnavailable");
        answer.Fact("key set").Should().Be($"{address} {why}");
        forScripts.Json["keySetFault"]!.GetValue<string>().Should().Be(why);
    }

    [Fact]
    public async Task A_user_can_interrupt_the_wait_for_a_key_set()
    {
        const string Timeout = "/usr/bin/timeout";
        if (!File.Exists(Timeout))
            MissingProgram.Report("The tool was not interrupted: there is no 'timeout'. Install it with: apt-get install coreutils");

        ToolAnswer answer = await _work.StartAsync(
            Timeout, ["--signal=INT", "--preserve-status", "3", "dotnet", Workplace.ToolPath, "verify", _token, "--jwks", $"{Address}/silent"]);

        answer.Should().Be(new ToolAnswer(130, "", ""));
    }

    [Fact]
    public async Task Plain_HTTP_from_elsewhere_is_refused_unless_it_is_allowed()
    {
        // RFC 6761, section 6.4, reserves this name, so it never resolves.
        string elsewhere = Address.Replace("127.0.0.1", "127.0.0.1.invalid", StringComparison.Ordinal);

        ToolAnswer refused = await _work.RunAsync("verify", _token, "--jwks", elsewhere);
        ToolAnswer allowed = await _work.RunAsync("verify", _token, "--jwks", elsewhere, "--allow-http");

        refused.ExitCode.Should().Be(2);
        refused.Errors.Should().StartWith("--jwks must be an absolute https address").And.Contain("--allow-http").And.NotContain("ApiJwtOptions");
        allowed.Fact("key set").Should().StartWith($"{elsewhere}/ could not be fetched");
    }
}
