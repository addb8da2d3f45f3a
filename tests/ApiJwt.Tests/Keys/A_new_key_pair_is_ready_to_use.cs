using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class A_new_key_pair_is_ready_to_use
{
    [Theory]
    [InlineData(2048)]
    [InlineData(2112)]
    [InlineData(3072)]
    public void In_the_size_asked_for(int bits)
    {
        var pair = RsaKeyPair.Generate(bits);
        using RSA publicKey = TestKeys.RsaOf(pair.PublicKeyPem);
        using RSA privateKey = TestKeys.RsaOf(pair.PrivateKeyPem);

        publicKey.KeySize.Should().Be(bits);
        privateKey.KeySize.Should().Be(bits);
        pair.PublicKeyPem.Should().StartWith("-----BEGIN PUBLIC KEY-----");
        pair.PrivateKeyPem.Should().StartWith("-----BEGIN PRIVATE" + " KEY-----");
    }

    [Fact]
    public void Of_2048_bits_when_no_size_is_asked_for()
    {
        using RSA key = TestKeys.RsaOf(RsaKeyPair.Generate().PublicKeyPem);

        key.KeySize.Should().Be(2048);
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(-2048)]
    [InlineData(0)]
    [InlineData(1024)]
    [InlineData(2047)]
    [InlineData(2049)]
    [InlineData(2056)]
    [InlineData(16385)]
    [InlineData(16448)]
    [InlineData(int.MaxValue)]
    public void And_a_size_out_of_bounds_is_refused(int bits)
    {
        FluentActions.Invoking(() => RsaKeyPair.Generate(bits)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("keySizeInBits");
    }

    [Fact]
    public void In_the_form_of_PEM_and_of_one_line()
    {
        var pair = RsaKeyPair.Generate();

        foreach (string privateKey in new[] { pair.PrivateKeyPem, pair.PrivateKeyForEnvironment })
        {
            foreach (string publicKey in new[] { pair.PublicKeyPem, pair.PublicKeyForEnvironment })
            {
                new PlainJwt(new ApiJwtOptions { PublicKeys = { publicKey } }).Decode(Issued.By(privateKey)).IsValid.Should().BeTrue();
            }
        }

        pair.PublicKeyForEnvironment.Should().NotContainAny("\n", " ", "-");
        pair.PrivateKeyForEnvironment.Should().NotContainAny("\n", " ", "-");
    }

    [Fact]
    public void Under_the_key_id_that_the_ring_gives_it()
    {
        var pair = RsaKeyPair.Generate();

        new PlainJwt(new ApiJwtOptions { PublicKeys = { pair.PublicKeyPem } }).Keys.KeyIds.Should().Equal(pair.KeyId);
        new PlainJwt(new ApiJwtOptions { PrivateKey = pair.PrivateKeyPem }).Keys.SigningKeyId.Should().Be(pair.KeyId);
    }

    [Fact]
    public void Different_each_time() => RsaKeyPair.Generate().KeyId.Should().NotBe(RsaKeyPair.Generate().KeyId);

    [Fact]
    public void And_does_not_show_itself_in_text()
    {
        var pair = RsaKeyPair.Generate();

        $"{pair}".Should().Be("ApiJwts.RsaKeyPair");
    }
}
