using Microsoft.Extensions.Configuration;

namespace Hudya.Tests.AspNetCore.Settings;

/// <summary>A setting that could be misread stops the service at start.</summary>
public class SettingsTests
{
    /// <summary>A setting, its value, and the words of the refusal.</summary>
    public static TheoryData<string, string, string[]> Misread => new()
    {
        { "Jwt", "hello", ["Jwt is a text"] },
        { "Jwt:Audiance", "shop", ["Jwt:Audiance", "Audience"] },
        { "Jwt:RequireAudience", "yes", ["Jwt:RequireAudience is neither true nor false"] },
        { "Jwt:MaxTokenLength", "-1", ["Jwt:MaxTokenLength is not a whole number"] },
        { "Jwt:MaxTokenLength", "1,024", ["Jwt:MaxTokenLength is not a whole number"] },
        { "Jwt:JwksUri", "auth.example/jwks.json", ["Jwt:JwksUri is not an absolute address"] },
        // The setting is both a text and a list, and one of them was meant to replace the other.
        { "Jwt:PublicKeys", TestKeys.Second.PublicKeyForEnvironment, ["Jwt:PublicKeys", "one of the two"] },
        { "Jwt:Audience:0", "1024", ["Jwt:Audience", "takes one value"] },
        { "Jwt:Audience:Name", "1024", ["Jwt:Audience", "takes one value"] },
        { "Jwt:MaxTokenLength:0", "1024", ["Jwt:MaxTokenLength", "takes one value"] },
    };

    public static MatrixTheoryData<string, string> Durations => new(
        SettingNames.Of(typeof(TimeSpan)),
        ["3600", "24:00:00", "48:00:00", " 24:00:00 ", "1h", "60 min", "01:00", "01:60:00", "01:00:60", "1.24:00:00", "-01:00:00", "01:00:00.5", "PT1H", "  "]);

    public static TheoryData<string> Places => [.. SettingNames.All, .. SettingNames.Of(typeof(IList<string>)).Select(name => $"{name}:0"), ""];

    [Theory]
    [InlineData("Jwt:PublicKeys:0", "no key", "Jwt:PublicKeys[0]*")]
    [InlineData("Jwt:PublicKeys", "no key", "Jwt:PublicKeys[0]*")]
    [InlineData("Jwt:PrivateKey", "no key", "Jwt:PrivateKey*")]
    [InlineData("Jwt:TimeToLive", "00:00:00", "Jwt:TimeToLive*")]
    [InlineData("Jwt:JwksUri", "http://auth.example/jwks", "Jwt:JwksUri*https*")]
    [InlineData("Other:PrivateKey", "in another section", "*Jwt:PublicKeys or Jwt:JwksUri*Jwt:PrivateKey*")]
    public async Task A_setting_that_cannot_be_used_stops_the_service_and_is_named(string setting, string value, string expected) =>
        (await FluentActions.Awaiting(() => StartAsync((setting, value), builder => builder.Services.AddApiJwt<HudyaJwt>("Jwt"))).Should().ThrowAsync<ApiJwtException>())
            .WithMessage(expected).Which.Message.Should().NotContain(value);

    [Fact]
    public async Task A_fault_is_named_as_the_settings_were_given()
    {
        (string, string) nested = ("Auth:Jwt:PrivateKey", "no key");
        Func<Task> section = () => StartAsync(nested, builder => builder.Services.AddApiJwt<HudyaJwt>(builder.Configuration.GetSection("Auth:Jwt")));
        Func<Task> whole = () => StartAsync(nested, builder => builder.Services.AddApiJwt<HudyaJwt>(
            new ConfigurationBuilder().AddInMemoryCollection([new("PrivateKey", "no key")]).Build()));
        Func<Task> code = () => StartAsync(nested, builder => builder.Services.AddApiJwt<HudyaJwt>(options => options.PublicKeys.Add("no key")));

        await section.Should().ThrowAsync<ApiJwtException>().WithMessage("Auth:Jwt:PrivateKey*");
        await whole.Should().ThrowAsync<ApiJwtException>().WithMessage("PrivateKey:*");
        await code.Should().ThrowAsync<ApiJwtException>().WithMessage("ApiJwtOptions.PublicKeys[0]*");
    }

    [Theory]
    [InlineData("Jwtt", true), InlineData("Jwtt", false), InlineData("jwt", true), InlineData("jwt", false)]
    public async Task A_missing_section_stops_the_service_unless_it_has_the_usual_name(string section, bool isByName)
    {
        Task<GuardedApp> start = GuardedApp.StartBareAsync(_ => { }, builder =>
        {
            if (isByName)
                builder.Services.AddApiJwt<HudyaJwt>(section, AddKey);
            else
                builder.Services.AddApiJwt<HudyaJwt>(builder.Configuration.GetSection(section), AddKey);
        });

        if (section == "Jwtt")
        {
            (await FluentActions.Awaiting(() => start).Should().ThrowAsync<ApiJwtException>()).Which.Message.Should().ContainAll("Jwtt", "Correct the name");
            return;
        }

        await using GuardedApp app = await start;
        app.Jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);

        static void AddKey(ApiJwtOptions options) => options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem);
    }

    [Theory]
    [MemberData(nameof(Misread))]
    public async Task A_setting_that_would_be_misread_stops_the_service_without_its_value(string setting, string value, string[] expected) =>
        (await FailureOfAsync(builder => builder.Configuration.AddInMemoryCollection([new(setting, value)]))).Should().ContainAll(expected).And.NotContain(value);

    [Theory]
    [MemberData(nameof(Durations))]
    public async Task An_ambiguous_duration_stops_the_service(string setting, string value) =>
        (await FailureOfAsync(builder => builder.Configuration.AddInMemoryCollection([new($"Jwt:{setting}", value)])))
            .Should().ContainAll($"Jwt:{setting} ", "01:00:00 for an hour", "1.00:00:00 for a day");

    [Theory]
    [InlineData("1.00:00:00", 24), InlineData(" 01:00:00 ", 1), InlineData("1:00:00", 1), InlineData("00:30:00", 0.5)]
    public async Task An_unambiguous_duration_takes_effect(string value, double hours)
    {
        await using GuardedApp app = await GuardedApp.StartAsync([("PrivateKey", TestKeys.Ours.PrivateKeyPem), ("TimeToLive", value)], _ => { });

        app.Jwt.Issue(new TokenRequest { Subject = "ann" }).ExpiresAt.Should().BeCloseTo(TimeProvider.System.GetUtcNow().AddHours(hours), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Each_option_can_be_set_and_an_empty_text_leaves_its_default()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            [("PublicKeys:0", TestKeys.Ours.PublicKeyPem), .. SettingNames.All.Except(["PublicKeys"]).Select(name => (name, (string?)""))], _ => { });

        app.Jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
    }

    [Fact]
    public async Task Options_configured_without_a_name_stop_the_service() =>
        (await FailureOfAsync(builder => builder.Services.Configure<ApiJwtOptions>(options => options.Audience = "shop")))
            .Should().ContainAll("Configure<ApiJwtOptions>", "AddApiJwt", "ConfigureAll");

    [Fact]
    public async Task A_class_is_registered_once_and_takes_its_settings()
    {
        Func<Task> twice = () => StartAsync(("Jwt", null), builder => builder.Services.AddApiJwt<HudyaJwt>("Jwt").AddApiJwt<HudyaJwt>("Jwt2"));
        Action unsettled = () => new ServiceCollection().AddApiJwt<Unsettled>("Jwt");

        await twice.Should().ThrowAsync<InvalidOperationException>().WithMessage("*HudyaJwt*once*");
        unsettled.Should().Throw<InvalidOperationException>().WithMessage("Unsettled needs a public constructor*public Unsettled(ApiJwtOptions options) : base(options)*");
    }

    [Theory]
    [InlineData("Authorization"), InlineData("Authentication"), InlineData("Routing"), InlineData("SignalR"), InlineData("Http")]
    public void A_service_that_only_issues_registers_nothing_that_answers_requests(string area)
    {
        var services = new ServiceCollection();
        IEnumerable<string> OfArea() => services.Select(service => service.ServiceType.FullName!).Where(name => name.StartsWith($"Microsoft.AspNetCore.{area}", StringComparison.Ordinal));

        services.AddApiJwt<HudyaJwt>("Jwt");
        OfArea().Should().BeEmpty();
        services.Should().NotContain(service => service.ServiceType == typeof(VerifiedPayload));

        services.AddAuthentication().AddApiJwt<HudyaJwt>();
        OfArea().Should().NotBeEmpty("the scheme registers them");
    }

    /// <summary>Two environment variables are easily swapped, so that a private key is in the place of a number.</summary>
    [Theory]
    [MemberData(nameof(Places))]
    public async Task No_message_repeats_a_private_key_in_the_place_of_another_setting(string setting)
    {
        string path = setting.Length == 0 ? "Jwt" : $"Jwt:{setting}";
        await using GuardedApp running = await GuardedApp.StartAsync(_ => { });
        string said = "";
        foreach (string value in (string[])[TestKeys.Foreign.PrivateKeyPem, TestKeys.Foreign.PrivateKeyForEnvironment])
        {
            running.Change(path, value);
            try
            {
                await using GuardedApp app = await GuardedApp.StartAsync(_ => { }, builder => builder.Configuration.AddInMemoryCollection([new(path, value)]));
                said += string.Join('\n', app.Log.Lines);
            }
            catch (Exception exception) when (exception is ApiJwtException or InvalidOperationException or ArgumentException)
            {
                said += exception;
            }
        }

        said += string.Join('\n', running.Log.Lines);
        said.Should().NotContain("PRIVATE KEY-----");
        foreach (string part in TestKeys.Foreign.PrivateKeyPem.Split('\n').Where(line => line.Length > 40).Append(TestKeys.Foreign.PrivateKeyForEnvironment[..60]))
            said.Should().NotContain(part);
    }

    private static Task<GuardedApp> StartAsync((string Name, string? Value) setting, Action<WebApplicationBuilder> services) =>
        GuardedApp.StartBareAsync(_ => { }, builder =>
        {
            builder.Configuration.AddInMemoryCollection([new(setting.Name, setting.Value)]);
            services(builder);
        });

    private static async Task<string> FailureOfAsync(Action<WebApplicationBuilder> configure) =>
        (await FluentActions.Awaiting(() => GuardedApp.StartAsync(_ => { }, configure)).Should().ThrowAsync<Exception>()).Which.Message;

    private sealed class Unsettled() : ApiJwt(TestKeys.Verifying);
}
