using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class Reset_goes_back_to_the_keys_of_the_constructor
{
    [Fact]
    public void After_any_number_of_changes()
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, PublicKeys = { TestKeys.Second.PublicKeyPem } });
        jwt.Keys.AddPublic(TestKeys.Foreign.PublicKeyPem);
        jwt.Keys.Override([TestKeys.Foreign.PublicKeyPem], TestKeys.Foreign.PrivateKeyPem);
        string ofForeign = jwt.Encode(new TokenRequest { Subject = "ann" });
        jwt.Decode(ofForeign).IsValid.Should().BeTrue();

        jwt.Keys.Reset();

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        jwt.Decode(ofForeign).Failure.Should().Be(TokenFailure.InvalidSignature);
        jwt.Decode(Issued.By(TestKeys.Second)).IsValid.Should().BeTrue();
        jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann" })).IsValid.Should().BeTrue();
    }

    [Fact]
    public void And_leaves_a_service_without_a_private_key_without_one()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);
        jwt.Keys.Override(privateKey: TestKeys.Second.PrivateKeyPem);

        jwt.Keys.Reset();

        jwt.Keys.SigningKeyId.Should().BeNull();
        jwt.Invoking(it => it.Encode(new TokenRequest { Subject = "ann" })).Should().Throw<ApiJwtException>();
    }

    [Fact]
    public void Not_to_what_the_options_became_later()
    {
        var options = TestKeys.Verifying;
        var jwt = new PlainJwt(options);
        options.PublicKeys.Clear();
        options.PublicKeys.Add(TestKeys.Foreign.PublicKeyPem);

        jwt.Keys.Reset();

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
    }
}
