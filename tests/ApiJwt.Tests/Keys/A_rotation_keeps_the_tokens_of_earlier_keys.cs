using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public sealed class A_rotation_keeps_the_tokens_of_earlier_keys : IDisposable
{
    private static readonly TokenRequest Ann = new() { Subject = "ann" };

    private readonly List<RSA> _held = [];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_all_of_them(bool toSigner)
    {
        var jwt = new PlainJwt(TestKeys.Issuing);
        List<string> tokens = [jwt.Encode(Ann)];
        foreach (RsaKeyPair pair in (RsaKeyPair[])[TestKeys.Second, TestKeys.Foreign])
        {
            Rotate(jwt, pair, toSigner);

            jwt.Keys.SigningKeyId.Should().Be(pair.KeyId);
            tokens.Add(jwt.Encode(Ann));
        }

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Foreign.KeyId, TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        foreach (string token in tokens)
            jwt.Decode(token).IsValid.Should().BeTrue();
    }

    [Fact]
    public void And_publishes_all_of_them()
    {
        var jwt = new PlainJwt(TestKeys.Issuing);
        string old = jwt.Encode(Ann);

        jwt.Keys.Rotate(TestKeys.Second.PrivateKeyPem);

        jwt.Keys.ToJwks().Should().Contain(TestKeys.Ours.KeyId).And.Contain(TestKeys.Second.KeyId);
        jwt.Decode(old).IsValid.Should().BeTrue();
    }

    [Fact]
    public void And_back_again()
    {
        var jwt = new PlainJwt(TestKeys.Issuing);
        jwt.Keys.Rotate(TestKeys.Second.PrivateKeyPem);
        string between = jwt.Encode(Ann);

        jwt.Keys.Rotate(TestKeys.Ours.PrivateKeyPem);

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        jwt.Decode(between).IsValid.Should().BeTrue();
    }

    [Fact]
    public void And_lets_a_service_that_only_verified_sign()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);

        jwt.Keys.Rotate(TestKeys.Second.PrivateKeyForEnvironment);

        jwt.Decode(jwt.Encode(Ann)).IsValid.Should().BeTrue();
        jwt.Decode(Issued.By(TestKeys.Ours)).IsValid.Should().BeTrue();
    }

    [Fact]
    public void From_a_signer_to_a_text()
    {
        using RSA first = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        var jwt = new PlainJwt(new ApiJwtOptions { Signer = TokenSigner.FromRsa(first) });
        string old = jwt.Encode(Ann);

        jwt.Keys.Rotate(TestKeys.Second.PrivateKeyPem);

        jwt.Decode(old).IsValid.Should().BeTrue();
        jwt.Decode(jwt.Encode(Ann)).IsValid.Should().BeTrue();
    }

    [Fact]
    public void Until_one_is_removed()
    {
        var jwt = new PlainJwt(TestKeys.Issuing);
        string old = jwt.Encode(Ann);
        jwt.Keys.Rotate(TestKeys.Second.PrivateKeyPem);

        jwt.Keys.Remove(TestKeys.Ours.KeyId);

        jwt.Decode(old).Failure.Should().Be(TokenFailure.InvalidSignature);
        jwt.Decode(jwt.Encode(Ann)).IsValid.Should().BeTrue();
    }

    public void Dispose() => _held.ForEach(key => key.Dispose());

    private void Rotate(PlainJwt jwt, RsaKeyPair pair, bool toSigner)
    {
        if (!toSigner)
        {
            jwt.Keys.Rotate(pair.PrivateKeyPem);
            return;
        }

        _held.Add(TestKeys.RsaOf(pair.PrivateKeyPem));
        jwt.Keys.Rotate(TokenSigner.FromRsa(_held[^1]));
    }
}
