using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.FileProviders;

namespace Hudya.Tests.AspNetCore.Settings;

/// <summary>If two configuration sources write one list, an entry of the first that should be replaced can remain.</summary>
public class SettingSourcesTests
{
    public static TheoryData<string, string, string> Lists => new()
    {
        { nameof(ApiJwtOptions.PublicKeys), TestKeys.Ours.PublicKeyForEnvironment, TestKeys.Second.PublicKeyForEnvironment },
        { nameof(ApiJwtOptions.PublicKeyFiles), "/keys/a.pem", "/keys/b.pem" },
        { nameof(ApiJwtOptions.Issuers), "auth_user", "auth_support" },
        { nameof(ApiJwtOptions.AcceptedAudiences), "shop", "bank" },
        { nameof(ApiJwtOptions.AcceptedTokenTypes), "at+jwt", "x+jwt" },
    };

    /// <summary>The ways in which a configuration can contain two sources.</summary>
    public static TheoryData<IConfigurationSource[], string> Mixed
    {
        get
        {
            JsonSource two = Source("one.json", "Issuers", "auth_user", "auth_support");
            JsonSource one = Source("two.json", "Issuers", "auth_user");
            var chained = new ChainedConfigurationSource { Configuration = new ConfigurationBuilder().Add(two).Build() };
            IConfigurationSource second = new ConfigurationBuilder().AddInMemoryCollection([new("Jwt:Issuers:1", "auth_support")]).Sources.Single();
            return new TheoryData<IConfigurationSource[], string>
            {
                { [two, one], "Jwt:Issuers *two.json*one.json*" },
                { [one, second], "Jwt:Issuers *two.json*MemoryConfigurationProvider*" },
                { [chained, one], "Jwt:Issuers *" },
            };
        }
    }

    [Fact]
    public void The_table_contains_every_list_setting() => Lists.Select(row => row.Data.Item1).Should().BeEquivalentTo(SettingNames.Of(typeof(IList<string>)));

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_list_from_two_sources_stops_the_service_without_naming_its_entries(string list, string first, string second)
    {
        Func<Task> start = () => StartAsync(Source("one.json", list, first, second), Source("two.json", list, second));

        (await start.Should().ThrowAsync<ApiJwtException>()).Which.Message.Should()
            .ContainAll($"Jwt:{list} ", "one.json", "two.json", "in one source", "empty text").And.NotContain(first).And.NotContain(second);
    }

    [Theory]
    [MemberData(nameof(Mixed), DisableDiscoveryEnumeration = true)]
    public async Task Lists_from_two_sources_are_found_in_chained_sources_and_sections(IConfigurationSource[] sources, string expected)
    {
        Func<Task> named = () => StartAsync(sources);
        Func<Task> section = () => StartAsync(isSection: true, sources);

        await named.Should().ThrowAsync<ApiJwtException>().WithMessage(expected);
        await section.Should().ThrowAsync<ApiJwtException>().WithMessage(expected);
    }

    [Fact]
    public async Task A_later_source_can_replace_a_list_and_empty_the_remaining_entries()
    {
        await using GuardedApp app = await StartAsync(
            Source("one.json", "PublicKeys", TestKeys.Second.PublicKeyForEnvironment, TestKeys.Foreign.PublicKeyForEnvironment),
            Source("two.json", "PublicKeys", TestKeys.Ours.PublicKeyForEnvironment, ""));

        app.Jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
    }

    [Fact]
    public async Task A_change_that_mixes_two_sources_changes_nothing()
    {
        await using GuardedApp app = await StartAsync(
            Source("one.json", "PublicKeys", TestKeys.Ours.PublicKeyForEnvironment, TestKeys.Second.PublicKeyForEnvironment), new MemoryConfigurationSource());

        app.Change("Jwt:PublicKeys:0", TestKeys.Foreign.PublicKeyForEnvironment);

        app.Jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        app.Log.Lines.Should().ContainSingle(line => line.Contains("were not applied", StringComparison.Ordinal)).Which.Should().Contain("Jwt:PublicKeys has entries from");
    }

    private static Task<GuardedApp> StartAsync(params IConfigurationSource[] sources) => StartAsync(isSection: false, sources);

    private static Task<GuardedApp> StartAsync(bool isSection, IConfigurationSource[] sources) => GuardedApp.StartBareAsync(_ => { }, builder =>
    {
        foreach (IConfigurationSource source in sources)
            builder.Configuration.Sources.Add(source);
        if (isSection)
            builder.Services.AddApiJwt<HudyaJwt>(builder.Configuration.GetSection("Jwt"));
        else
            builder.Services.AddApiJwt<HudyaJwt>("Jwt");
    });

    private static JsonSource Source(string name, string list, params string[] entries) => new()
    {
        Path = name,
        FileProvider = new NullFileProvider(),
        Optional = true,
        Values = [.. entries.Select((entry, i) => KeyValuePair.Create($"Jwt:{list}:{i}", (string?)entry))],
    };

    /// <summary>A JSON file source with its content in memory.</summary>
    private sealed class JsonSource : FileConfigurationSource
    {
        public IReadOnlyList<KeyValuePair<string, string?>> Values { get; init; } = [];

        public override IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(this);

        private sealed class Provider(JsonSource source) : FileConfigurationProvider(source)
        {
            public override void Load() => Data = new Dictionary<string, string?>(source.Values, StringComparer.OrdinalIgnoreCase);

            public override void Load(Stream stream) => throw new NotSupportedException();
        }
    }
}
