using Hudya.Tests.Readme;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.AspNetCore.Gateways;

/// <summary>Runs the gateways with the configuration of GATEWAY.md and the changes that INTEROP.md lists.</summary>
public class A_gateway_reads_tokens_that_follow_RFC_9068(Backend backend) : IClassFixture<Backend>
{
    private const string Issuer = "https://auth.example.com";

    private static readonly TimeSpan TimeToLive = TimeSpan.FromHours(1);

    /// <summary>The text in the configuration, and the text that replaces it.</summary>
    private static readonly (string Before, string After)[] Changes =
    [
        ("'$.scopes'", "'$.scope'"),
        ("(^|,)support:mobile(,|$)\n", @"(^|\ )orders:read(\ |$)" + "\n"),
        ("Require claim \"scopes~(^|,)support:mobile(,|$)\"", "Require claim \"scope~(^| )orders:read( |$)\""),
        ("String(claims.scopes).split(',')", "String(claims.scope).split(' ')"),
    ];

    [Theory]
    [MemberData(nameof(GatewaySetup.Names), MemberType = typeof(GatewaySetup))]
    public async Task A_gateway_accepts_RFC_9068_tokens_and_refuses_all_others(string name)
    {
        await using Gateway gateway = await Gateway.StartAsync(GatewaySetup.Named(name).Changed(name, Standard), backend, TestKeys.Ours);
        string good = Issue(scopes: ["orders:write", "orders:read"]);
        string[] parts = good.Split('.');

        (string Name, string Token)[] tokens =
        [
            ("two scopes", good),
            ("one scope", Issue(scopes: "orders:read")),
            ("another scope", Issue(scopes: "orders:write")),
            ("another issuer", GatewayTokens.Issue(scopes: "support:mobile")),
            ("expired", Issue(TimeToLive + TimeSpan.FromSeconds(1), "orders:read")),
            ("another key", Forge.SignParts(parts[0], parts[1], TestKeys.ForeignKey)),
        ];
        var answers = new List<string>();
        foreach ((string token, string text) in tokens)
            answers.Add($"{token} {(int)(await gateway.AskAsync(text)).Status}");

        answers.Should().Equal("two scopes 200", "one scope 200", "another scope 403", "another issuer 403", "expired 401", "another key 401");
    }

    [Fact]
    public async Task The_page_lists_every_change_to_the_configuration()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Readme", "INTEROP.md"), GuardedApp.Cancel);

        foreach ((_, string after) in Changes)
            page.Should().Contain(after.Replace("|", @"\|", StringComparison.Ordinal).Trim());
        GatewaySetup.All.SelectMany(setup => setup.Files.Values).Where(text => Changes.All(change => !text.Contains(change.Before, StringComparison.Ordinal)))
            .Should().OnlyContain(text => text.StartsWith("js_import", StringComparison.Ordinal), "the page must list a change for every other file");
    }

    private static string Standard(string configuration) => Changes
        .Aggregate(configuration, (text, change) => text.Replace(change.Before, change.After, StringComparison.Ordinal))
        .Replace("auth_support", Issuer, StringComparison.Ordinal)
        .Replace("'support:mobile'", "'orders:read'", StringComparison.Ordinal);

    private static string Issue(TimeSpan age = default, params string[] scopes) =>
        new StandardJwt(new ApiJwtOptions
        {
            PrivateKey = TestKeys.Ours.PrivateKeyPem,
            TokenType = "at+jwt",
            Audience = "orders",
            TimeToLive = TimeToLive,
            TimeProvider = new FakeTimeProvider(TimeProvider.System.GetUtcNow() - age),
        }).Encode(new TokenRequest { Subject = "ann", Key = "admin", Scopes = scopes, Extras = new Dictionary<string, ClaimValue> { ["client_id"] = "shop" } });
}
