using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class Keys_of_2048_bits_and_more_work
{
    [Theory]
    [InlineData(2048)]
    [InlineData(3072)]
    [InlineData(4096)]
    public void From_issuing_to_verifying(int bits)
    {
        var pair = RsaKeyPair.Generate(bits);

        string token = Issued.By(pair);

        Forge.Decode(token.Split('.')[2]).Should().HaveCount(bits / 8);
        new PlainJwt(new ApiJwtOptions { PublicKeys = { pair.PublicKeyPem } }).Decode(token).IsValid.Should().BeTrue();
    }

    [Fact]
    public void Side_by_side_in_one_service()
    {
        var larger = RsaKeyPair.Generate(3072);
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { larger.PublicKeyPem, TestKeys.Ours.PublicKeyPem } });

        jwt.Decode(Issued.By(larger)).IsValid.Should().BeTrue();
        jwt.Decode(Issued.By(TestKeys.Ours)).IsValid.Should().BeTrue();
        jwt.Decode(Forge.Sign($$"""{"alg":"RS256","kid":"{{larger.KeyId}}"}""", Forge.GoodPayload)).Failure.Should().Be(TokenFailure.InvalidSignature, "it is signed with a shorter key than it names");
    }
}
