using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Interop;

/// <summary>The class that issues and reads the <see cref="WireCase"/>s.</summary>
internal sealed class InteropJwt : ApiJwt
{
    /// <summary>Not a whole second, to show how times are rounded, and after 2038, to find readers that count in 32 bits.</summary>
    public static readonly DateTimeOffset Now = new(2100, 1, 1, 0, 0, 0, 750, TimeSpan.Zero);

    public static readonly DateTimeOffset Expiry = new(2100, 1, 1, 1, 0, 0, TimeSpan.Zero);

    private InteropJwt(ApiJwtOptions options)
        : base(options)
    {
        Policy.AllowLevels(0, 1, 2, 3, 3.1, 3.5, 4);
        Policy.AllowKey("user", "auth_user", ["user:all", "NO", "lese:ØÆÅ"]);
        Policy.AllowKey("support", "auth_support", WireCase.SupportScopes);
        Policy.AllowKey("admin", "auth_admin", ["admin:all"]);
        Policy.AllowExtra(Extra.Text("department"));
        Policy.AllowExtra(Extra.Text("tenant", defaultValue: "none"));
        Policy.AllowExtra(Extra.Integer("quota"));
        Policy.AllowExtra(Extra.Number("rate"));
        Policy.AllowExtra(Extra.TextList("regions"));
    }

    public static InteropJwt Issuer(RsaKeyPair? pair = null, string? audience = null) =>
        new(new ApiJwtOptions { PrivateKey = (pair ?? TestKeys.Ours).PrivateKeyPem, Audience = audience, TimeProvider = new FakeTimeProvider(Now) });

    public static InteropJwt Verifier() =>
        new(new ApiJwtOptions { PublicKeys = { TestKeys.Second.PublicKeyPem, TestKeys.Ours.PublicKeyPem }, TimeProvider = new FakeTimeProvider(Now) });

    /// <summary>A token for every case.</summary>
    public string[] IssueAll() => [.. WireCase.All.Select(wireCase => Encode(wireCase.Request))];

    /// <summary>The token with another payload, which grants more, under the same header and signature.</summary>
    public static string Tampered(string token)
    {
        string[] parts = token.Split('.');
        JsonObject payload = Wire.ClaimsOf(token);
        payload["scopes"] = "admin:all";
        return $"{parts[0]}.{Forge.Encode(payload.ToJsonString())}.{parts[2]}";
    }

    /// <summary>The question to a script: read these tokens with our public key.</summary>
    public static JsonObject ToVerify(IEnumerable<string> tokens) => new()
    {
        ["publicKey"] = TestKeys.Ours.PublicKeyPem,
        ["tokens"] = ToJson(tokens),
    };

    /// <summary>The question to a script: sign each payload with our private key, once for each key id, where null means none.</summary>
    public static JsonObject ToIssue(IEnumerable<JsonObject> payloads, params string?[] keyIds) => new()
    {
        ["privateKey"] = TestKeys.Ours.PrivateKeyPem,
        ["asked"] = new JsonArray([.. keyIds.SelectMany(keyId => payloads.Select(payload => Asked(payload, keyId)))]),
    };

    /// <summary>The question to the script of the Python library: issue tokens for these requests with our private key, at our time.</summary>
    public static JsonObject ToOriginal(IEnumerable<JsonObject> requests) => new()
    {
        ["privateKey"] = TestKeys.Ours.PrivateKeyPem,
        ["now"] = Now.ToUnixTimeMilliseconds() / 1000.0,
        ["timeToLive"] = 3600,
        ["requests"] = new JsonArray([.. requests]),
    };

    public static JsonArray ToJson(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    public static void ShouldBeEqual(JsonNode? theirs, JsonNode ours) =>
        JsonNode.DeepEquals(theirs, ours).Should().BeTrue($"the other software has {theirs?.ToJsonString()} and this library has {ours.ToJsonString()}");

    private static JsonObject Asked(JsonObject payload, string? keyId)
    {
        JsonObject asked = new() { ["payload"] = payload.DeepClone() };
        if (keyId is not null)
            asked["keyId"] = keyId;
        return asked;
    }
}
