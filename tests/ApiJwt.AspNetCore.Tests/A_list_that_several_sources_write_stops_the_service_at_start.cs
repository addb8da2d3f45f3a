using Hudya.Tests.AspNetCore.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;

namespace Hudya.Tests.AspNetCore;

public class A_list_that_several_sources_write_stops_the_service_at_start
{
    public static TheoryData<string, string, string> Lists => new()
    {
        { nameof(ApiJwtOptions.PublicKeys), TestKeys.Ours.PublicKeyForEnvironment, TestKeys.Second.PublicKeyForEnvironment },
        { nameof(ApiJwtOptions.PublicKeyFiles), "/keys/a.pem", "/keys/b.pem" },
        { nameof(ApiJwtOptions.Issuers), "auth_user", "auth_support" },
        { nameof(ApiJwtOptions.AcceptedAudiences), "shop", "bank" },
        { nameof(ApiJwtOptions.AcceptedTokenTypes), "at+jwt", "x+jwt" },
    };

    [Fact]
    public void Every_list_is_in_the_table() => Lists.Select(row => row.Data.Item1).Should().BeEquivalentTo(
        typeof(ApiJwtOptions).GetProperties().Where(option => option.PropertyType == typeof(IList<string>)).Select(option => option.Name));

    /// <summary>A file with two entries, and an environment with one: the second entry of the file would stay.</summary>
    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Because_an_entry_that_was_meant_to_be_replaced_would_stay(string list, string first, string second)
    {
        Func<Task> start = () => StartAsync(Source("one.json", list, first, second), Source("two.json", list, second));

        (await start.Should().ThrowAsync<ApiJwtException>()).Which.Message.Should()
            .ContainAll($"Jwt:{list} ", "one.json", "two.json", "in one source", "empty text").And.NotContain(first).And.NotContain(second);
    }

    [Fact]
    public async Task Also_when_a_later_one_adds_to_it() =>
        await FluentActions.Awaiting(() => StartAsync(
            Source("one.json", "Issuers", "auth_user"),
            new ConfigurationBuilder().AddInMemoryCollection([new("Jwt:Issuers:1", "auth_support")]).Sources.Single()))
            .Should().ThrowAsync<ApiJwtException>().WithMessage("Jwt:Issuers *one.json*MemoryConfigurationProvider*");

    [Fact]
    public async Task Also_when_a_section_is_given_and_not_its_name() =>
        await FluentActions.Awaiting(() => GuardedApp.StartBareAsync(_ => { }, builder =>
        {
            builder.Configuration.Sources.Add(Source("one.json", "Issuers", "auth_user", "auth_support"));
            builder.Configuration.Sources.Add(Source("two.json", "Issuers", "auth_user"));
            builder.Services.AddApiJwt<HudyaJwt>(builder.Configuration.GetSection("Jwt"));
        })).Should().ThrowAsync<ApiJwtException>().WithMessage("Jwt:Issuers *");

    [Fact]
    public async Task Also_when_the_sources_are_chained()
    {
        var chained = new ChainedConfigurationSource { Configuration = new ConfigurationBuilder().Add(Source("one.json", "Issuers", "auth_user", "auth_support")).Build() };

        await FluentActions.Awaiting(() => StartAsync(chained, Source("two.json", "Issuers", "auth_user"))).Should().ThrowAsync<ApiJwtException>().WithMessage("Jwt:Issuers *");
    }

    [Fact]
    public async Task But_a_later_one_may_write_the_list_anew_and_empty_the_entries_that_are_too_many()
    {
        await using GuardedApp app = await StartAsync(
            Source("one.json", "PublicKeys", TestKeys.Second.PublicKeyForEnvironment, TestKeys.Foreign.PublicKeyForEnvironment),
            Source("two.json", "PublicKeys", TestKeys.Ours.PublicKeyForEnvironment, ""));

        app.Services.GetRequiredService<HudyaJwt>().Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
    }

    [Fact]
    public async Task And_a_change_that_mixes_them_changes_nothing()
    {
        var later = new Later();
        await using GuardedApp app = await StartAsync(Source("one.json", "PublicKeys", TestKeys.Ours.PublicKeyForEnvironment, TestKeys.Second.PublicKeyForEnvironment), later);

        later.Change("Jwt:PublicKeys:0", TestKeys.Foreign.PublicKeyForEnvironment);

        app.Services.GetRequiredService<HudyaJwt>().Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        app.Log.Lines.Should().ContainSingle(line => line.Contains("were not applied", StringComparison.Ordinal)).Which.Should().Contain("Jwt:PublicKeys has entries from");
    }

    private static Task<GuardedApp> StartAsync(params IConfigurationSource[] sources) => GuardedApp.StartBareAsync(_ => { }, builder =>
    {
        foreach (IConfigurationSource source in sources)
            builder.Configuration.Sources.Add(source);
        builder.Services.AddApiJwt<HudyaJwt>("Jwt");
    });

    private static JsonSource Source(string name, string list, params string[] entries) => new()
    {
        Path = name,
        FileProvider = new NullFileProvider(),
        Optional = true,
        Values = [.. entries.Select((entry, i) => KeyValuePair.Create($"Jwt:{list}:{i}", (string?)entry))],
    };

    /// <summary>A file whose content is here.</summary>
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

    private sealed class Later : ConfigurationProvider, IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public void Change(string setting, string value)
        {
            Data[setting] = value;
            OnReload();
        }
    }
}
