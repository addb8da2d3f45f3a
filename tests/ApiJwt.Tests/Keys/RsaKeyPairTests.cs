using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class RsaKeyPairTests
{
    [Theory]
    [InlineData(2048), InlineData(2112), InlineData(3072), InlineData(4096)]
    public void A_new_pair_has_the_given_size_and_works_in_each_of_its_forms(int bits)
    {
        var pair = RsaKeyPair.Generate(bits);
        using RSA publicKey = TestKeys.RsaOf(pair.PublicKeyPem);
        using RSA privateKey = TestKeys.RsaOf(pair.PrivateKeyPem);

        publicKey.KeySize.Should().Be(bits);
        privateKey.KeySize.Should().Be(bits);
        pair.PublicKeyPem.Should().StartWith("-----BEGIN PUBLIC KEY-----");
        pair.PrivateKeyPem.Should().StartWith("-----BEGIN PRIVATE" + " KEY-----");
        pair.PublicKeyForEnvironment.Should().NotContainAny("\n", " ", "-");
        pair.PrivateKeyForEnvironment.Should().NotContainAny("\n", " ", "-");
        foreach (string token in (string[])[Issued.By(pair.PrivateKeyPem), Issued.By(pair.PrivateKeyForEnvironment)])
        {
            Forge.Decode(token.Split('.')[2]).Should().HaveCount(bits / 8);
            foreach (string text in (string[])[pair.PublicKeyPem, pair.PublicKeyForEnvironment])
                new PlainJwt(new ApiJwtOptions { PublicKeys = { text } }).Decode(token).IsValid.Should().BeTrue();
        }
    }

    [Fact]
    public void A_new_pair_has_2048_bits_by_default_and_is_different_each_time()
    {
        using RSA key = TestKeys.RsaOf(TestKeys.Ours.PublicKeyPem);

        key.KeySize.Should().Be(2048);
        TestKeys.Ours.KeyId.Should().NotBe(TestKeys.Second.KeyId);
    }

    [Theory]
    [InlineData(int.MinValue), InlineData(-2048), InlineData(0), InlineData(1024), InlineData(2047), InlineData(2049), InlineData(2056)]
    [InlineData(16385), InlineData(16448), InlineData(int.MaxValue)]
    public void A_size_out_of_bounds_is_refused(int bits) =>
        FluentActions.Invoking(() => RsaKeyPair.Generate(bits)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("keySizeInBits");
}
