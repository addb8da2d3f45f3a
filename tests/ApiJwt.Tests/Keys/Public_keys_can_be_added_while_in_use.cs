using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class Public_keys_can_be_added_while_in_use
{
    [Fact]
    public void One()
    {
        string token = Issued.By(TestKeys.Second);
        var jwt = new PlainJwt(TestKeys.Verifying);
        jwt.Decode(token).IsValid.Should().BeFalse();

        jwt.Keys.AddPublic(TestKeys.Second.PublicKeyPem);

        jwt.Decode(token).IsValid.Should().BeTrue("a refusal is not remembered");
        jwt.Decode(Issued.By(TestKeys.Ours)).IsValid.Should().BeTrue();
    }

    [Fact]
    public void Several_in_the_order_given()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);

        jwt.Keys.AddPublic(TestKeys.Second.PublicKeyPem, TestKeys.Foreign.PublicKeyForEnvironment);

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId, TestKeys.Foreign.KeyId);
    }

    [Fact]
    public void Not_twice()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);

        jwt.Keys.AddPublic(TestKeys.Ours.PublicKeyForEnvironment);
        jwt.Keys.AddPublic(TestKeys.Second.PublicKeyPem, TestKeys.Second.PublicKeyPem);
        jwt.Keys.AddPublic(TestKeys.Second.PublicKeyPem);

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
    }

    [Fact]
    public void And_the_private_key_is_untouched()
    {
        var jwt = new PlainJwt(TestKeys.Issuing);

        jwt.Keys.AddPublic(TestKeys.Second.PublicKeyPem);

        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann" })).IsValid.Should().BeTrue();
    }
}
