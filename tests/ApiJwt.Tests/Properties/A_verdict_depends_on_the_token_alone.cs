using System.Security.Cryptography;
using CsCheck;

namespace Hudya.Tests.Properties;

public class A_verdict_depends_on_the_token_alone
{
    private static readonly string[] PublicKeys = [TestKeys.Ours.PublicKeyPem, TestKeys.Second.PublicKeyPem, RsaKeyPair.Generate().PublicKeyPem];

    private static readonly RSA[] Signers = [.. new[] { TestKeys.Ours, TestKeys.Second, TestKeys.Foreign }.Select(pair => TestKeys.RsaOf(pair.PrivateKeyPem))];

    private static readonly Gen<string> AnyPayload = Gen.Frequency<string>(
        (2, StrangePayloads.Json),
        (2, Gen.OneOf("ann", "bob").Select(subject => Forge.GoodPayload.Replace("ann", subject, StringComparison.Ordinal))),
        (1, Gen.OneOf("""{"sub":"ann","exp":1}""", """{"sub":"ann"}""", """{"sub":"ann","exp":4102444800,"nbf":4102444799}""")));

    private static readonly Gen<string> Tokens =
        from payload in AnyPayload
        from signer in Gen.OneOf(Signers)
        from keyId in Gen.OneOf(TestKeys.Ours.KeyId, TestKeys.Second.KeyId, TestKeys.Foreign.KeyId, "", "x")
        from cut in Gen.Frequency((6, 0), (1, 1), (1, 4))
        select Forge.Sign($$"""{"alg":"RS256","typ":"JWT","kid":"{{keyId}}"}""", payload, signer)[..^cut];

    private readonly HudyaJwt _experienced = Trusting(PublicKeys, cacheSize: 3);
    private readonly HudyaJwt _forgetful = Trusting(PublicKeys, cacheSize: 0);

    [Fact]
    public void A_verdict_does_not_depend_on_tokens_decoded_before() => Property.Holds(Tokens.Array[1, 6], tokens =>
    {
        HudyaJwt fresh = Trusting(PublicKeys, cacheSize: 0);
        foreach (string token in tokens.Concat(tokens))
            Verdict.On(token, _experienced).Should().Be(Verdict.On(token, fresh));
    }, count: 40);

    [Fact]
    public void A_verdict_does_not_depend_on_the_order_of_keys() => Property.Holds(Gen.Select(Tokens, Gen.Shuffle(PublicKeys)), drawn =>
        Verdict.On(drawn.Item1, Trusting(drawn.Item2, cacheSize: 0)).Should().Be(Verdict.On(drawn.Item1, _experienced)), count: 40);

    [Fact]
    public void A_verdict_does_not_depend_on_the_cache() => Property.Holds(Gen.Select(Tokens, Gen.OneOf(1, 2, 100)), drawn =>
    {
        Verdict expected = Verdict.On(drawn.Item1, _forgetful);
        HudyaJwt remembering = Trusting(PublicKeys, drawn.Item2);
        Verdict.On(drawn.Item1, remembering).Should().Be(expected);
        Verdict.On(drawn.Item1, remembering).Should().Be(expected);
    }, count: 40);

    /// <summary>On a platform without culture data, only the made-up culture has other signs than the invariant one.</summary>
    [Fact]
    public void A_verdict_does_not_depend_on_the_culture() => Property.Holds(
        Gen.Select(Tokens, Gen.OneOf(Cultures.Foreign, "fa-IR", "ar-SA", "tr-TR", "de-DE", "th-TH")),
        drawn =>
        {
            Verdict expected = Verdict.On(drawn.Item1, _forgetful);
            Cultures.Run(drawn.Item2, () => Verdict.On(drawn.Item1, _forgetful).Should().Be(expected));
        });

    private static HudyaJwt Trusting(IEnumerable<string> publicKeys, int cacheSize)
    {
        var options = new ApiJwtOptions { VerifiedTokenCacheSize = cacheSize };
        foreach (string key in publicKeys)
            options.PublicKeys.Add(key);
        return new HudyaJwt(options);
    }
}
