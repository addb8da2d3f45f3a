using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class A_service_with_only_a_private_key_verifies_its_own_tokens
{
    [Fact]
    public void And_no_others()
    {
        var jwt = new PlainJwt(TestKeys.Issuing);

        jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann" })).IsValid.Should().BeTrue();
        jwt.Decode(Issued.By(TestKeys.Foreign)).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    [Fact]
    public void Beside_those_of_the_public_keys_it_lists()
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, PublicKeys = { TestKeys.Second.PublicKeyPem } });

        jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann" })).IsValid.Should().BeTrue();
        jwt.Decode(Issued.By(TestKeys.Second)).IsValid.Should().BeTrue();
    }
}
