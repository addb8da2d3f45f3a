using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class A_key_shorter_than_2048_bits_is_refused
{
    [Theory]
    [InlineData(512)]
    [InlineData(1024)]
    [InlineData(2040)]
    [InlineData(2047)]
    public void As_a_public_key(int bits)
    {
        byte[] numbers = KeyForge.Pkcs1Public(KeyForge.Modulus(bits), KeyForge.UsualExponent);

        foreach (string pem in new[] { KeyForge.Pem("RSA PUBLIC KEY", numbers), KeyForge.Pem("PUBLIC KEY", KeyForge.Spki(KeyForge.RsaEncryption, numbers)) })
            Refused.AsPublic(pem).Should().Contain($"the key has {bits} bits").And.Contain("2048 bits or more").And.Contain("openssl genrsa");
    }

    [Theory]
    [InlineData(512)]
    [InlineData(1024)]
    public void As_a_private_key(int bits)
    {
        using var weak = RSA.Create(bits);

        Refused.AsPrivate(weak.ExportPkcs8PrivateKeyPem()).Should().Contain($"the key has {bits} bits").And.Contain("2048 bits or more");
        Refused.AsPrivate(weak.ExportRSAPrivateKeyPem()).Should().Contain($"the key has {bits} bits");
    }

    [Fact]
    public void In_a_certificate()
    {
        using var weak = RSA.Create(1024);

        Refused.AsPublic(KeyForge.Pem("CERTIFICATE", KeyForge.Certificate(weak))).Should().Contain("the key has 1024 bits");
    }
}
