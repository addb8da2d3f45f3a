using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class The_key_id_of_a_token_chooses_among_our_keys
{
    private static readonly RsaKeyPair[] Trusted = [TestKeys.Ours, TestKeys.Second, RsaKeyPair.Generate()];

    private readonly PlainJwt _jwt = new(OptionsWith(Trusted));

    public static TheoryData<int, string?> Hints
    {
        get
        {
            var data = new TheoryData<int, string?>();
            string?[] hints = [null, "", "unknown", TestKeys.Foreign.KeyId, TestKeys.Ours.KeyId.ToUpperInvariant(), new string('k', 2000)];
            for (int signer = 0; signer < Trusted.Length; signer++)
            {
                foreach (string? hint in hints)
                    data.Add(signer, hint);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Hints))]
    public void An_unknown_or_absent_one_refuses_no_genuine_token(int signer, string? keyId)
    {
        using RSA key = TestKeys.RsaOf(Trusted[signer].PrivateKeyPem);

        _jwt.Decode(Forge.Sign(Header(keyId), Forge.GoodPayload, key)).IsValid.Should().BeTrue();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 0)]
    public void But_one_that_is_known_means_that_key_alone(int signer, int named)
    {
        using RSA key = TestKeys.RsaOf(Trusted[signer].PrivateKeyPem);

        _jwt.Decode(Forge.Sign(Header(Trusted[signer].KeyId), Forge.GoodPayload, key)).IsValid.Should().BeTrue();
        _jwt.Decode(Forge.Sign(Header(Trusted[named].KeyId), Forge.GoodPayload, key)).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void And_that_of_a_trusted_key_never_lets_in_a_forged_one(int named)
    {
        using RSA key = TestKeys.RsaOf(TestKeys.Foreign.PrivateKeyPem);

        _jwt.Decode(Forge.Sign(Header(Trusted[named].KeyId), Forge.GoodPayload, key)).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(0, 2, 1)]
    [InlineData(1, 0, 2)]
    [InlineData(1, 2, 0)]
    [InlineData(2, 0, 1)]
    [InlineData(2, 1, 0)]
    public void And_the_order_of_the_keys_does_not_matter(int first, int second, int third)
    {
        var jwt = new PlainJwt(OptionsWith(Trusted[first], Trusted[second], Trusted[third]));

        foreach (RsaKeyPair pair in Trusted)
        {
            using RSA key = TestKeys.RsaOf(pair.PrivateKeyPem);
            jwt.Decode(Issued.By(pair)).IsValid.Should().BeTrue();
            jwt.Decode(Forge.Sign(Header(null), Forge.GoodPayload, key)).IsValid.Should().BeTrue();
        }

        jwt.Decode(Issued.By(TestKeys.Foreign)).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    private static string Header(string? keyId) =>
        keyId is null ? Forge.Rs256Header : $$"""{"alg":"RS256","typ":"JWT","kid":"{{keyId}}"}""";

    private static ApiJwtOptions OptionsWith(params RsaKeyPair[] pairs)
    {
        var options = new ApiJwtOptions();
        foreach (RsaKeyPair pair in pairs)
            options.PublicKeys.Add(pair.PublicKeyPem);
        return options;
    }
}
