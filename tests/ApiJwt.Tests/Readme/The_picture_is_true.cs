using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Readme;

public partial class The_picture_is_true
{
    private const string Audience = "shop";
    private const string Unsupported = """{"alg":"PS256"}""";
    private const string NoClaims = "{}";

    [Fact]
    public void The_picture_names_the_two_methods()
    {
        string picture = Page.Readme.BlocksOf("mermaid").Should().ContainSingle().Subject;

        Step().Matches(picture).Select(match => match.Groups["method"].Value).Should().Equal(nameof(ApiJwt.Encode), nameof(ApiJwt.Decode));
    }

    [Fact]
    public void The_picture_names_the_checks_in_their_order()
    {
        // Each token has the fault of its own check and of every later check.
        (string Check, string Token, TokenFailure Verdict)[] faults =
        [
            ("length", new string('!', 20_000), TokenFailure.TooLong),
            ("form", Forge.Sign(Unsupported, NoClaims, TestKeys.ForeignKey) + "!", TokenFailure.Malformed),
            ("header", Forge.Sign(Unsupported, NoClaims, TestKeys.ForeignKey), TokenFailure.UnsupportedAlgorithm),
            ("signature", Forge.Sign(Forge.Rs256Header, NoClaims, TestKeys.ForeignKey), TokenFailure.InvalidSignature),
            ("claims", Forge.Claims(NoClaims), TokenFailure.Malformed),
            ("issuer", Forge.Claims("""{"sub":"ann","exp":1}"""), TokenFailure.InvalidIssuer),
            ("audience", Forge.Claims("""{"sub":"ann","exp":1,"iss":"auth_user"}"""), TokenFailure.InvalidAudience),
            ("time", Forge.Claims($$"""{"sub":"ann","exp":1,"iss":"auth_user","aud":"{{Audience}}"}"""), TokenFailure.Expired),
            ("revocation", Forge.Claims($$"""{"sub":"ann","exp":4102444800,"iss":"auth_user","aud":"{{Audience}}"}"""), TokenFailure.Revoked),
        ];
        var jwt = new HudyaJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, Issuers = { "auth_user" }, Audience = Audience, TimeProvider = new FakeTimeProvider() });
        jwt.Revocations.RevokeAll();

        string shown = Step().Matches(Page.Readme.BlocksOf("mermaid")[0])[1].Groups["checks"].Value;

        shown.Replace("<br/>", " ", StringComparison.Ordinal).Should().Be(string.Join(", ", faults.Select(fault => fault.Check)));
        foreach ((string check, string token, TokenFailure verdict) in faults)
            jwt.Decode(token).Failure.Should().Be(verdict, check);
    }

    [GeneratedRegex(@"Note over [^:]+: (?<method>\w+): (?<checks>.+)$", RegexOptions.Multiline)]
    private static partial Regex Step();
}
