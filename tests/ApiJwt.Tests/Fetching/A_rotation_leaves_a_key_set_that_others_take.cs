using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Fetching;

public class A_rotation_leaves_a_key_set_that_others_take
{
    [Fact]
    public void So_that_keys_have_to_go_before_it_has_more_than_thirty_two()
    {
        var options = new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem };
        for (int i = 0; i < 31; i++)
            options.PublicKeys.Add(MadeUp());
        var auth = new PlainJwt(options);

        auth.Keys.Invoking(keys => keys.Rotate(TestKeys.Second.PrivateKeyPem)).Should().ThrowExactly<ApiJwtException>()
            .WithMessage("With this key there would be 33, and other services take 32 *KeyRing.Remove*");
        auth.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        auth.Keys.Remove(auth.Keys.KeyIds[^1]);
        auth.Keys.Rotate(TestKeys.Second.PrivateKeyPem);

        auth.Keys.SigningKeyId.Should().Be(TestKeys.Second.KeyId);
        auth.Keys.KeyIds.Should().HaveCount(32).And.Contain(TestKeys.Ours.KeyId);
    }

    /// <summary>Numbers with the size and the form of a key's, faster than a key.</summary>
    private static string MadeUp()
    {
        byte[] modulus = RandomNumberGenerator.GetBytes(256);
        modulus[0] |= 0x80;
        modulus[^1] |= 1;
        using var rsa = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = [1, 0, 1] });
        return rsa.ExportSubjectPublicKeyInfoPem();
    }
}
