using System.Text;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.Extensions.Configuration;

namespace Hudya.Tests.AspNetCore;

public class A_setting_that_a_later_source_empties_stops_the_service_at_start
{
    private const string Value = "given-earlier";

    /// <summary>The setting in the earlier source, and its value as JSON in the later one.</summary>
    public static TheoryData<string, string> Emptied
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string setting in SettingNames.All)
                data.Add(setting, "\"\"");
            foreach (string setting in (string[])["Audience", "Issuers", "Issuers:0"])
            {
                data.Add(setting, "null");
                data.Add(setting, "[]");
            }

            data.Add("Issuers:0", "\"\"");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Emptied))]
    public async Task Because_a_check_would_be_off_without_a_word(string setting, string json)
    {
        string name = setting.Split(':')[0];
        Func<Task> start = () => StartAsync(new() { [$"Jwt:{setting}"] = Value }, $$"""{ "Jwt": { "{{name}}": {{json}} } }""");

        (await start.Should().ThrowAsync<ApiJwtException>()).Which.Message.Should()
            .MatchRegex($"^Jwt:{name} .*Memory.* is empty in Json.*one of the two").And.NotContain(Value);
    }

    [Theory]
    [InlineData("Jwt:Audience", """{ "Jwt": { "Audience": "shop" } }""")]
    [InlineData("Jwt:Issuers", """{ "Jwt": { "Issuers": ["auth_user"] } }""")]
    public async Task But_a_later_one_may_fill_it(string setting, string json)
    {
        await using GuardedApp app = await StartAsync(new() { [setting] = "" }, json);

        app.Services.GetRequiredService<HudyaJwt>().Should().NotBeNull();
    }

    [Fact]
    public async Task Nor_does_an_empty_one_remove_a_value_that_is_made_in_code()
    {
        await using GuardedApp app = await StartAsync(
            new() { ["Jwt:Audience"] = "" }, services: services => services.ConfigureAll<ApiJwtOptions>(options => options.Audience = "shop"));

        app.Services.GetRequiredService<HudyaJwt>().Decode(GuardedApp.Issue()).Failure.Should().Be(TokenFailure.InvalidAudience);
    }

    [Fact]
    public async Task And_a_change_that_empties_it_changes_nothing()
    {
        await using GuardedApp app = await StartAsync(new() { ["Jwt:MaxAge"] = "01:00:00" });
        var configuration = (IConfigurationRoot)app.Services.GetRequiredService<IConfiguration>();

        configuration.Providers.Last().Set("Jwt:MaxAge", "");
        configuration.Reload();

        app.Log.Lines.Should().ContainSingle(line => line.Contains("were not applied", StringComparison.Ordinal)).Which.Should().Contain("Jwt:MaxAge has a value in");
    }

    private static Task<GuardedApp> StartAsync(
        Dictionary<string, string?> earlier, string? later = null, Action<IServiceCollection>? services = null) => GuardedApp.StartBareAsync(_ => { }, builder =>
    {
        services?.Invoke(builder.Services);
        builder.Configuration.AddInMemoryCollection(earlier).AddInMemoryCollection();
        if (later is not null)
            builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(later)));
        builder.Services.AddApiJwt<HudyaJwt>("Jwt", options => options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem));
    });
}
