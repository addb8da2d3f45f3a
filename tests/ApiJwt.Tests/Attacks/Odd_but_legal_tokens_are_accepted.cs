using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.Attacks;

/// <summary>A library that refused every token would pass the other tests in this folder.</summary>
public class Odd_but_legal_tokens_are_accepted
{
    private static readonly PlainJwt Service = new HostileFamily("legal", []).Service();

    private static readonly Dictionary<string, string> Headers = new()
    {
        ["no typ"] = """{"alg":"RS256"}""",
        ["typ in small letters"] = """{"alg":"RS256","typ":"jwt"}""",
        ["typ in mixed letters"] = """{"typ":"Jwt","alg":"RS256"}""",
        ["blanks and line breaks"] = " \r\n{ \t\"alg\" :\n \"RS256\" , \"typ\": \"JWT\" } \n",
        ["escapes in names and values"] = """{"\u0061lg":"\u0052S256","t\u0079p":"JW\u0054"}""",
        ["the type as a whole media type"] = """{"alg":"RS256","typ":"application/jwt"}""",
        ["our key id"] = $$"""{"alg":"RS256","kid":"{{TestKeys.Ours.KeyId}}"}""",
        ["an unknown key id"] = """{"alg":"RS256","kid":"2019-05"}""",
        ["an empty key id"] = """{"alg":"RS256","kid":""}""",
        ["a key id that is a path"] = """{"alg":"RS256","kid":"../../dev/null"}""",
        ["a foreign key, and our signature"] = $$"""{"alg":"RS256","jwk":{{ForeignJwk()}}}""",
        ["addresses of keys, and our signature"] = """{"alg":"RS256","jku":"http://127.0.0.1:1/","x5u":"http://127.0.0.1:1/"}""",
        ["a foreign certificate, and our signature"] = $$"""{"alg":"RS256","x5c":["{{ForeignCertificate()}}"],"x5t":"AAAA"}""",
        ["unknown members of every type"] = """{"alg":"RS256","a":1,"b":null,"c":true,"d":[1,[2,{"e":"f"}]],"g":{"h":{}},"":""}""",
        ["members that differ in letter case"] = """{"alg":"RS256","ALG":"none","Alg":"HS256","Crit":["exp"],"KID":1}""",
        ["blanks in an empty object and in an empty array"] = """{"alg":"RS256","x":{ },"y":[ ],"z":{}}""",
        ["every escape"] = """{"alg":"RS256","x":"\" \\ \/ \b \f \n \r \t \u00e9 \u00E9"}""",
        ["names within other objects"] = """{"alg":"RS256","x":{"alg":"none","crit":["exp"],"zip":"DEF"}}""",
        ["a content type"] = """{"alg":"RS256","cty":"json"}""",
        ["text in other scripts"] = """{"alg":"RS256","x":"日本語 \ud83d\ude00 é"}""",
    };

    private static readonly Dictionary<string, string> Payloads = new()
    {
        ["the two required claims alone"] = $$"""{"sub":"{{GoodClaims.Subject}}","exp":4102444800}""",
        ["blanks and line breaks"] = "\n\t " + GoodClaims.Json.Replace(",\"", " ,\r\n\t\"", StringComparison.Ordinal).Replace("\":", "\" : ", StringComparison.Ordinal) + "\n\n",
        ["escapes in names and values"] = """{"s\u0075b":"\u0073ubject-of-the-c\u006frpus","\u0065xp":4102444800}""",
        ["an expiry with a fraction"] = GoodClaims.With("exp", "4102444800.75"),
        ["an expiry with an exponent"] = GoodClaims.With("exp", "4.1024448e9"),
        ["the last second of 9999"] = GoodClaims.With("exp", "253402300799"),
        ["the last second of 9999, with a point"] = GoodClaims.With("exp", "253402300799.0"),
        ["issued in the future"] = GoodClaims.With("iat", "4102444799"),
        ["issued before 1970"] = GoodClaims.With("iat", "-1"),
        ["not before long ago"] = GoodClaims.With("nbf", "-99999999999999"),
        ["not before now"] = GoodClaims.With("nbf", $"{HostileFamily.Now}"),
        ["an id"] = GoodClaims.With("jti", "\"f81d4fae\""),
        ["an unknown issuer"] = GoodClaims.With("iss", "\"https://other.example\""),
        ["an empty issuer"] = GoodClaims.With("iss", "\"\""),
        ["a level as a number"] = GoodClaims.With("level", "3.1"),
        ["a level of exact digits"] = GoodClaims.With("level", "\"00003.10000\""),
        ["a level without decimals"] = GoodClaims.With("level", "\"3\""),
        ["do-not-track as a number"] = GoodClaims.With("dnt", "2"),
        ["scopes as an array"] = GoodClaims.With("scopes", "[\"a\",\"b\"]"),
        ["scopes with empty elements"] = GoodClaims.With("scopes", "\",a,,b,\""),
        ["unknown claims of every type"] = GoodClaims.Plus("""  "a":1,"b":null,"c":true,"d":[1,[2,{"e":"f"}],null],"g":{"h":{"i":[]}},"":"","j":1e400,"k":-0  """),
        ["claims that differ in letter case"] = GoodClaims.Plus("\"SUB\":\"root\",\"Exp\":1,\"SCOPES\":\"admin:all\",\"Aud\":\"other\""),
        ["claims within other objects"] = GoodClaims.Plus("\"act\":{\"sub\":\"root\",\"exp\":1,\"aud\":\"other\"}"),
        ["the same name in two objects"] = GoodClaims.Plus("\"x\":[{\"y\":1},{\"y\":1}],\"z\":{\"y\":1}"),
        ["names that differ in Unicode form"] = GoodClaims.Plus("\"é\":1,\"e\\u0301\":2"),
        ["text in other scripts"] = GoodClaims.With("factor", "\"日本語 \\ud83d\\ude00 é \\u0000\""),
        ["a comment in a string"] = GoodClaims.With("factor", "\"/* not */ // one\""),
    };

    public static TheoryData<string> HeaderRows => [.. Headers.Keys];

    public static TheoryData<string> PayloadRows => [.. Payloads.Keys];

    [Theory]
    [MemberData(nameof(HeaderRows))]
    public Task A_token_with_an_odd_but_legal_header_is_accepted(string name) => ShouldAcceptAsync(Forge.Sign(Headers[name], GoodClaims.Json));

    [Theory]
    [MemberData(nameof(PayloadRows))]
    public Task A_token_with_an_odd_but_legal_payload_is_accepted(string name) => ShouldAcceptAsync(Forge.Claims(Payloads[name]));

    [Fact]
    public void Odd_claims_are_read_without_change()
    {
        Service.Decode(Forge.Claims(Payloads["claims that differ in letter case"])).Payload!.HasScope("admin:all").Should().BeFalse();
        Service.Decode(Forge.Claims(Payloads["text in other scripts"])).Payload!.Factor.Should().Be("日本語 😀 é \0");
    }

    private static async Task ShouldAcceptAsync(string token)
    {
        DecodeResult result = Service.Decode(token);

        result.IsValid.Should().BeTrue(result.Reason);
        result.Failure.Should().Be(TokenFailure.None);
        result.Payload!.Subject.Should().Be(GoodClaims.Subject);
        (await Service.TokenHandler.ValidateTokenAsync(token, new TokenValidationParameters())).IsValid.Should().BeTrue();
    }

    private static string ForeignJwk() =>
        $$"""{"kty":"RSA","n":"{{Forge.Encode(TestKeys.ForeignKey.ExportParameters(false).Modulus!)}}","e":"AQAB"}""";

    private static string ForeignCertificate()
    {
        using X509Certificate2 certificate = Certificates.Issue("auth", TestKeys.Foreign);
        return Convert.ToBase64String(certificate.RawData);
    }
}
