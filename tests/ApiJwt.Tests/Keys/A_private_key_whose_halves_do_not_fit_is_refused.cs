using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class A_private_key_whose_halves_do_not_fit_is_refused
{
    [Fact]
    public void With_the_modulus_of_another_pair() => MustBeRefused(key => key with { Modulus = NumbersOf(TestKeys.Second).Modulus! });

    [Fact]
    public void With_another_public_exponent() => MustBeRefused(key => key with { Exponent = [3] });

    [Fact]
    public void With_the_private_numbers_of_another_pair()
    {
        RSAParameters other = NumbersOf(TestKeys.Second);

        MustBeRefused(key => other with { Modulus = key.Modulus, Exponent = key.Exponent });
    }

    [Fact]
    public void With_private_numbers_that_are_noise()
    {
        MustBeRefused(key => key with
        {
            D = RandomNumberGenerator.GetBytes(256),
            P = RandomNumberGenerator.GetBytes(128),
            Q = RandomNumberGenerator.GetBytes(128),
            DP = RandomNumberGenerator.GetBytes(128),
            DQ = RandomNumberGenerator.GetBytes(128),
            InverseQ = RandomNumberGenerator.GetBytes(128),
        });
    }

    private static void MustBeRefused(Func<RSAParameters, RSAParameters> change)
    {
        byte[] pkcs1 = KeyForge.Pkcs1Private(change(NumbersOf(TestKeys.Ours)));

        foreach (string pem in new[] { KeyForge.Pem("RSA PRIVATE KEY", pkcs1), KeyForge.Pem("PRIVATE KEY", KeyForge.Pkcs8(KeyForge.RsaEncryption, pkcs1)) })
            Refused.AsPrivate(pem).Should().Contain("the key is damaged").And.Contain("Export it once more.");
    }

    private static RSAParameters NumbersOf(RsaKeyPair pair)
    {
        using RSA key = TestKeys.RsaOf(pair.PrivateKeyPem);
        return key.ExportParameters(includePrivateParameters: true);
    }
}
