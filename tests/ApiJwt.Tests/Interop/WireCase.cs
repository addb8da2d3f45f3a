using System.Globalization;
using System.Text.Json.Nodes;

namespace Hudya.Tests.Interop;

/// <summary>A request in a form that C# and a script both understand. Together, the cases use every claim in every form.</summary>
internal sealed record WireCase(TokenRequest Asked)
{
    public static readonly string[] SupportScopes = ["support:all", "support:insurance", "support:power", "support:mobile"];

    private static readonly string[] Texts =
        ["plain", "Åse Bjørk", "李雷", "мир", "مرحبا", "😀 𝒜", "e\u0301 is not \u00e9", "\"quoted\\\"", "<a href='x'>&amp;</a>", "line\nbreak\tand\u0001\u007f\u2028"];

    public static IReadOnlyList<WireCase> All { get; } =
    [
        new(new TokenRequest { Subject = "all defaults" }),
        new(new TokenRequest
        {
            Subject = "user@domain.com", Key = "support", Level = 3.1, Factor = "yubikey", Target = "other@domain.com", Scopes = ["support:mobile"],
            DoNotTrack = DoNotTrack.Normal,
        }),
        new(new TokenRequest { Subject = "every scope", Key = "support", Scopes = SupportScopes }),
        new(new TokenRequest { Subject = "a scope beyond ASCII", Scopes = ["lese:ØÆÅ", "NO"] }),
        .. Texts.Select(text => With("department", text, new TokenRequest { Subject = text, Factor = text, Target = text })),
        .. new[] { 0.0, 1, 2, 3, 3.1, 3.5, 4 }.Select(level => new WireCase(new TokenRequest { Subject = "level", Key = "admin", Level = level })),
        .. Enum.GetValues<DoNotTrack>().Select(choice => new WireCase(new TokenRequest { Subject = "do not track", DoNotTrack = choice })),
        .. new[] { 0, -1, 42, long.MaxValue, long.MinValue }.Select(quota => With("quota", quota)),
        .. new[] { 0, 0.1, 1.0 / 3, -2.5, 100, 123456789.125, 1e15, 1e16, 1.5e300, 0.0001, 0.00001, 5e-324 }.Select(rate => With("rate", Float(rate))),
        With("regions", new JsonArray("north", "sør", "西")),
        With("regions", new JsonArray()),
        With("regions", "a text where a list is declared"),
        With("tenant", "a default overridden, with a comma"),
    ];

    /// <summary>The extras in the form that scripts take.</summary>
    public JsonObject Extras { get; private init; } = [];

    public TokenRequest Request => new()
    {
        Subject = Asked.Subject, Key = Asked.Key, Level = Asked.Level, Factor = Asked.Factor, Target = Asked.Target, Scopes = Asked.Scopes,
        DoNotTrack = Asked.DoNotTrack,
        Extras = Extras.ToDictionary(extra => extra.Key, extra => ValueOf(extra.Key, extra.Value!)),
    };

    /// <summary>A number that a script reads as a float. C# would write 3.0 as 3, which is an integer in Python.</summary>
    public static JsonNode Float(double value)
    {
        string text = value.ToString(CultureInfo.InvariantCulture);
        return JsonNode.Parse(text.AsSpan().ContainsAny('.', 'E') ? text : $"{text}.0")!;
    }

    /// <summary>The request in the form that scripts take. A claim that the request does not set is null.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["sub"] = Asked.Subject,
            ["key"] = Asked.Key,
            ["level"] = Asked.Level is { } level ? Float(level) : null,
            ["factor"] = Asked.Factor,
            ["target"] = Asked.Target,
            ["dnt"] = (int?)Asked.DoNotTrack,
            ["scopes"] = Asked.Scopes is null ? null : new JsonArray([.. Asked.Scopes.Select(scope => (JsonNode)scope)]),
        };
        foreach ((string name, JsonNode? value) in Extras)
            json[name] = value!.DeepClone();
        return json;
    }

    /// <summary>Checks that the payload has every claim that was asked for.</summary>
    public void ShouldBeWhat(VerifiedPayload payload)
    {
        (payload.Subject, payload.Key, payload.Issuer).Should().Be((Asked.Subject, Asked.Key ?? "user", "auth_" + (Asked.Key ?? "user")));
        (payload.Factor, payload.Target).Should().Be((Asked.Factor ?? "", Asked.Target ?? ""));
        (payload.Level, payload.DoNotTrack).Should().Be((Asked.Level ?? 0, Asked.DoNotTrack ?? DoNotTrack.Normal));
        payload.Scopes.Should().BeEquivalentTo(Asked.Scopes ?? []);
        payload.ExpiresAt.Should().Be(InteropJwt.Expiry);
        payload.GetText("tenant").Should().Be((string?)Extras["tenant"] ?? "none");
        payload.GetText("department").Should().Be((string?)Extras["department"]);
        payload.GetInteger("quota").Should().Be((long?)Extras["quota"]);
        payload.GetNumber("rate").Should().Be((double?)Extras["rate"]);
        payload.GetList("regions").Should().BeEquivalentTo(Extras["regions"] switch
        {
            JsonArray list => list.Select(element => (string?)element),
            { } text => [(string?)text],
            null => null,
        });
    }

    private static WireCase With(string extra, JsonNode value, TokenRequest? asked = null) =>
        new(asked ?? new TokenRequest { Subject = extra }) { Extras = new JsonObject { [extra] = value } };

    private static ClaimValue ValueOf(string extra, JsonNode value) => (extra, value) switch
    {
        ("quota", _) => (long)value,
        ("rate", _) => (double)value,
        (_, JsonArray list) => ClaimValue.From(list.Select(element => (string)element!)),
        _ => (string?)value,
    };
}
