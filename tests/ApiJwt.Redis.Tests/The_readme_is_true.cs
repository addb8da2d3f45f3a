using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;

namespace Hudya.Tests.Redis;

public partial class The_readme_is_true
{
    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Readme", "ApiJwt.Redis.md"));

    [Fact]
    public void Every_snippet_of_the_README_is_code_of_this_file()
    {
        string code = Joined(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Readme", "The_readme_is_true.cs")));

        string[] snippets = [.. Text.Split("```csharp\n").Skip(1).Select(rest => rest.Split("```")[0])];

        snippets.Should().HaveCount(3);
        snippets.Select(Joined).Should().AllSatisfy(snippet => code.Should().Contain(snippet));
        ShareOverOneOfTheApplication();
        Share();
        ShareUnderAName();
    }

    [Fact]
    public void The_delays_in_the_README_are_those_that_are_tested()
    {
        // Services_agree_while_everything_fails tests these delays.
        Text.Should().Contain(string.Create(CultureInfo.InvariantCulture, $"in every other within {Landscape.Promise.TotalSeconds} second |"));
        Text.Should().Contain(string.Create(CultureInfo.InvariantCulture, $"within {Landscape.PromiseAfterFault.TotalSeconds} seconds after Redis is back"));
    }

    [Fact]
    public async Task The_two_Redis_users_of_the_README_have_only_the_permissions_they_need()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        foreach (Match user in User().Matches(Text))
            (await redis.AskAsync(["ACL", "SETUSER", .. user.Groups["rules"].Value.Replace("PASSWORD", "secret", StringComparison.Ordinal).Split(' ')])).Should().Be("OK");
        await redis.AskAsync("ACL", "SETUSER", "default", "off");
        await using Member auth = await Member.StartAsync(services => services.AddApiJwtRedis<SessionJwt>($"{redis.Connection},user=auth,password=secret"));
        await using Member api = await Member.StartAsync(services => services.AddApiJwtRedis<SessionJwt>($"{redis.Connection},user=api,password=secret"));

        IssuedToken token = auth.Issue();
        auth.Revoke(token);
        await api.RefusesAsync(token);
        api.Redis.Fault.Should().BeNull();

        auth.Jwt.Revocations.RevokeSubject("ann");
        auth.Jwt.Revocations.RevokeSubject("ann");
        await Soon.ItIsTrueAsync(() => api.Jwt.Revocations.Count == 2);
        auth.Redis.Fault.Should().BeNull();

        IssuedToken own = api.Issue("bob");
        api.Revoke(own);
        await Soon.ItIsTrueAsync(() => api.Redis.Fault == "takes no entry of this service (NOPERM)");
        auth.FailureOf(own).Should().Be(TokenFailure.None);
    }

    private static void Share()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();

        builder.Services.AddApiJwtRedis<HudyaJwt>("redis.example.com:6380,ssl=true,password=...");
    }

    private static void ShareUnderAName()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();

        builder.Services.AddApiJwtRedis<HudyaJwt>("redis.example.com:6380,ssl=true,password=...", instanceName: "shop-staging:");
    }

    private static void ShareOverOneOfTheApplication()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();

        builder.Services.AddApiJwtRedis<HudyaJwt>(provider => provider.GetRequiredService<IConnectionMultiplexer>());
    }

    private static string Joined(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim())).Trim();

    [GeneratedRegex("^user (?<rules>.+)$", RegexOptions.Multiline)]
    private static partial Regex User();

    private sealed class HudyaJwt(ApiJwtOptions options) : ApiJwt(options);
}
