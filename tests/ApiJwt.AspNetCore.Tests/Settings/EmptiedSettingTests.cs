using System.Text;
using Microsoft.Extensions.Configuration;

namespace Hudya.Tests.AspNetCore.Settings;

/// <summary>If a later configuration source could empty a setting, a check would be off without notice.</summary>
public class EmptiedSettingTests
{
    private const string Value = "given-earlier";

    /// <summary>The setting in the earlier source, and its value as JSON in the later one.</summary>
    public static TheoryData<string, string> Emptied =>
    [
        .. SettingNames.All.Append("Issuers:0").Select(setting => (setting, "\"\"")),
        .. from setting in (string[])["Audience", "Issuers", "Issuers:0"] from json in (string[])["null", "[]"] select (setting, json),
    ];

    [Theory]
    [MemberData(nameof(Emptied))]
    public async Task A_setting_that_a_later_source_empties_stops_the_service_and_names_both_sources(string setting, string json)
    {
        string name = setting.Split(':')[0];
        Func<Task> start = () => StartAsync(new() { [$"Jwt:{setting}"] = Value }, $$"""{ "Jwt": { "{{name}}": {{json}} } }""");

        (await start.Should().ThrowAsync<ApiJwtException>()).Which.Message.Should()
            .MatchRegex($"^Jwt:{name} .*Memory.* is empty in Json.*one of the two").And.NotContain(Value);
    }

    [Theory]
    [InlineData("Jwt:Audience", """{ "Jwt": { "Audience": "shop" } }""")]
    [InlineData("Jwt:Issuers", """{ "Jwt": { "Issuers": ["auth_user"] } }""")]
    public async Task A_setting_that_is_empty_may_be_filled_by_a_later_source(string setting, string json)
    {
        await using GuardedApp app = await StartAsync(new() { [setting] = "" }, json);

        app.Jwt.Should().NotBeNull();
    }

    [Fact]
    public async Task An_empty_setting_removes_no_value_that_is_made_in_code()
    {
        await using GuardedApp app = await StartAsync(
            new() { ["Jwt:Audience"] = "" }, services: services => services.ConfigureAll<ApiJwtOptions>(options => options.Audience = "shop"));

        app.Jwt.Decode(GuardedApp.Issue()).Failure.Should().Be(TokenFailure.InvalidAudience);
    }

    [Fact]
    public async Task A_change_that_empties_a_setting_changes_nothing()
    {
        await using GuardedApp app = await StartAsync(new() { ["Jwt:MaxAge"] = "01:00:00" });
        app.Change("Jwt:MaxAge", "");

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
