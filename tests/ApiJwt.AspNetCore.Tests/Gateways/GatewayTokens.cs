using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.AspNetCore.Gateways;

/// <summary>The tokens that are sent to every gateway, and the expected answers.</summary>
internal static class GatewayTokens
{
    private const string Mobile = "support:mobile";

    // Each of these contains the name of the required scope.
    private static readonly string[] Similar = ["xsupport:mobile", "support:mobile2", "x.support:mobile"];

    private static readonly TimeSpan TimeToLive = TimeSpan.FromHours(1);

    public static IReadOnlyList<(string Name, string? Token, HttpStatusCode Answer)> Cases { get; } =
    [
        ("one scope", Issue(scopes: Mobile), HttpStatusCode.OK),
        ("two scopes", Issue(scopes: ["support:power", Mobile]), HttpStatusCode.OK),
        ("no scope", Issue(), HttpStatusCode.Forbidden),
        ("another scope", Issue(scopes: "support:power"), HttpStatusCode.Forbidden),
        ("scopes that contain the name", Issue(scopes: Similar), HttpStatusCode.Forbidden),
        ("another issuer", Issue(key: "user", scopes: Mobile), HttpStatusCode.Forbidden),
        ("no token", null, HttpStatusCode.Unauthorized),
        ("expired a second ago", Issue(age: TimeToLive + TimeSpan.FromSeconds(1), scopes: Mobile), HttpStatusCode.Unauthorized),
        ("a scope added by hand", Tampered(), HttpStatusCode.Unauthorized),
        ("an empty signature", $"{Header()}.{GoodPayload()}.", HttpStatusCode.Unauthorized),
        ("a signature that is no base64url", $"{Header()}.{GoodPayload()}.!", HttpStatusCode.Unauthorized),
        ("algorithm none", $"{Header("none")}.{GoodPayload()}.", HttpStatusCode.Unauthorized),
        ("algorithm RS384 in the header only", Sign(Header("RS384"), TestKeys.Ours), HttpStatusCode.Unauthorized),
        ("HS256 with the public key", WithPublicKeyAsSecret(), HttpStatusCode.Unauthorized),
        ("another key", Issue(TestKeys.Foreign, scopes: Mobile), HttpStatusCode.Unauthorized),
        ("another key with our key id", Sign(Header(), TestKeys.Foreign), HttpStatusCode.Unauthorized),
    ];

    /// <summary>A token of the auth service. The issuer of the key "support" is <c>auth_support</c>.</summary>
    public static string Issue(RsaKeyPair? pair = null, string key = "support", string subject = "ann", TimeSpan age = default, params string[] scopes)
    {
        var options = new ApiJwtOptions
        {
            PrivateKey = (pair ?? TestKeys.Ours).PrivateKeyPem,
            TimeToLive = TimeToLive,
            TimeProvider = new FakeTimeProvider(TimeProvider.System.GetUtcNow() - age),
        };
        return new PlainJwt(options, policy =>
        {
            string[] allowed = [Mobile, "support:power", .. Similar];
            policy.AllowKey("support", issuer: "auth_support", scopes: allowed);
            policy.AllowKey("user", issuer: "auth_user", scopes: allowed);
        }).Encode(new TokenRequest { Subject = subject, Key = key, Scopes = scopes });
    }

    /// <summary>A good token with this key id in its header, or without a key id.</summary>
    public static string WithKeyId(string? keyId) => Sign(HeaderOf(keyId), TestKeys.Ours);

    private static string Header(string algorithm = "RS256") => HeaderOf(TestKeys.Ours.KeyId, algorithm);

    private static string HeaderOf(string? keyId, string algorithm = "RS256")
    {
        var header = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" };
        if (keyId is not null)
            header["kid"] = keyId;
        return Forge.Encode(header.ToJsonString());
    }

    private static string GoodPayload() => Issue(scopes: Mobile).Split('.')[1];

    private static string Sign(string header, RsaKeyPair pair)
    {
        using RSA key = TestKeys.RsaOf(pair.PrivateKeyPem);
        return Forge.SignParts(header, GoodPayload(), key);
    }

    private static string Tampered()
    {
        string[] parts = Issue(scopes: "support:power").Split('.');
        return $"{parts[0]}.{GoodPayload()}.{parts[2]}";
    }

    private static string WithPublicKeyAsSecret()
    {
        string input = $"{Header("HS256")}.{GoodPayload()}";
        return $"{input}.{Forge.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(TestKeys.Ours.PublicKeyPem), Encoding.UTF8.GetBytes(input)))}";
    }
}
