using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class Keys_can_be_replaced_while_in_use
{
    private static readonly string OfOurs = Issued.By(TestKeys.Ours);

    private static readonly string OfSecond = Issued.By(TestKeys.Second);

    private static readonly string OfForeign = Issued.By(TestKeys.Foreign);

    [Fact]
    public void The_public_keys_alone()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);

        jwt.Keys.Override([TestKeys.Second.PublicKeyPem, TestKeys.Foreign.PublicKeyPem]);

        jwt.Decode(OfSecond).IsValid.Should().BeTrue();
        jwt.Decode(OfForeign).IsValid.Should().BeTrue();
        jwt.Decode(OfOurs).Failure.Should().Be(TokenFailure.InvalidSignature);
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId, TestKeys.Foreign.KeyId);
        jwt.Keys.SigningKeyId.Should().BeNull();
    }

    [Fact]
    public void And_the_private_key_stays_with_its_own_half()
    {
        var jwt = new PlainJwt(TestKeys.Issuing);

        jwt.Keys.Override(publicKeys: [TestKeys.Second.PublicKeyPem]);

        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann" })).IsValid.Should().BeTrue();
        jwt.Decode(OfSecond).IsValid.Should().BeTrue();
    }

    [Fact]
    public void The_private_key_alone()
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, PublicKeys = { TestKeys.Foreign.PublicKeyPem } });

        jwt.Keys.Override(privateKey: TestKeys.Second.PrivateKeyPem);

        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Second.KeyId);
        string token = jwt.Encode(new TokenRequest { Subject = "ann" });
        jwt.Decode(token).IsValid.Should().BeTrue();
        new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Second.PublicKeyPem } }).Decode(token).IsValid.Should().BeTrue();
        jwt.Decode(OfForeign).IsValid.Should().BeTrue("the public keys were left out, so they stay");
    }

    [Fact]
    public void And_the_old_private_key_takes_its_public_half_along_unless_it_is_listed()
    {
        var unlisted = new PlainJwt(TestKeys.Issuing);
        var listed = new PlainJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, PublicKeys = { TestKeys.Ours.PublicKeyPem } });
        var added = new PlainJwt(TestKeys.Issuing);
        unlisted.Decode(OfOurs).IsValid.Should().BeTrue();

        unlisted.Keys.Override(privateKey: TestKeys.Second.PrivateKeyPem);
        listed.Keys.Override(privateKey: TestKeys.Second.PrivateKeyPem);
        added.Keys.Override(privateKey: TestKeys.Second.PrivateKeyPem);
        added.Keys.AddPublic(TestKeys.Ours.PublicKeyPem);

        unlisted.Decode(OfOurs).Failure.Should().Be(TokenFailure.InvalidSignature);
        listed.Decode(OfOurs).IsValid.Should().BeTrue();
        added.Decode(OfOurs).IsValid.Should().BeTrue();
    }

    [Fact]
    public void Both_at_once()
    {
        var jwt = new PlainJwt(TestKeys.Issuing);

        jwt.Keys.Override([TestKeys.Foreign.PublicKeyPem], TestKeys.Second.PrivateKeyPem);

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId, TestKeys.Foreign.KeyId);
        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Second.KeyId);
        jwt.Decode(OfSecond).IsValid.Should().BeTrue();
        jwt.Decode(OfForeign).IsValid.Should().BeTrue();
        jwt.Decode(OfOurs).IsValid.Should().BeFalse();
    }

    [Fact]
    public void A_service_that_only_verified_can_be_given_a_private_key()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);

        jwt.Keys.Override(privateKey: TestKeys.Second.PrivateKeyForEnvironment);

        jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann" })).IsValid.Should().BeTrue();
        jwt.Decode(OfOurs).IsValid.Should().BeTrue();
    }

    [Fact]
    public void In_every_form_that_the_constructor_takes()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);

        jwt.Keys.Override([KeyWrappings.Json(TestKeys.Second.PublicKeyForEnvironment, TestKeys.Foreign.PublicKeyPem)]);

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId, TestKeys.Foreign.KeyId);
    }
}
