using System.Text.RegularExpressions;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.Extensions.Configuration;

namespace Hudya.Tests.AspNetCore;

/// <summary>Variables are swapped easily, and then a private key stands where a number belongs.</summary>
public partial class No_value_of_a_setting_is_in_a_message
{
    public static TheoryData<string> Settings => [.. SettingNames.All, .. SettingNames.Of(typeof(IList<string>)).Select(name => $"{name}:0"), ""];

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task At_start(string setting)
    {
        string said = "";
        foreach (string value in (string[])[TestKeys.Foreign.PrivateKeyPem, TestKeys.Foreign.PrivateKeyForEnvironment])
        {
            try
            {
                await using GuardedApp app = await StartAsync(builder => builder.Configuration.AddInMemoryCollection([new(PathOf(setting), value)]));
                said += string.Join('\n', app.Log.Lines);
            }
            catch (Exception exception) when (exception is ApiJwtException or InvalidOperationException or ArgumentException)
            {
                said += exception;
            }
        }

        AssertNothingIsIn(said);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task When_it_changes(string setting)
    {
        await using GuardedApp app = await StartAsync(_ => { });

        foreach (string value in (string[])[TestKeys.Foreign.PrivateKeyPem, TestKeys.Foreign.PrivateKeyForEnvironment])
            app.Change(PathOf(setting), value);

        AssertNothingIsIn(string.Join('\n', app.Log.Lines));
    }

    private static void AssertNothingIsIn(string said)
    {
        said.Should().NotContain("PRIVATE KEY-----");
        foreach (string part in Lines().Split(TestKeys.Foreign.PrivateKeyPem).Where(line => line.Length > 40).Append(TestKeys.Foreign.PrivateKeyForEnvironment[..60]))
            said.Should().NotContain(part);
    }

    private static string PathOf(string setting) => setting.Length == 0 ? "Jwt" : $"Jwt:{setting}";

    private static Task<GuardedApp> StartAsync(Action<WebApplicationBuilder> configure) => GuardedApp.StartAsync(app => app.MapGet("/", () => "").RequireScope("support:mobile"), configure);

    [GeneratedRegex("\n")]
    private static partial Regex Lines();
}
