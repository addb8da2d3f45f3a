using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class Only_one_private_key_is_taken
{
    private const string Several = "the text holds several private keys. Give the one that signs.";

    private static readonly string First = TestKeys.Ours.PrivateKeyPem;

    private static readonly string Second = TestKeys.Second.PrivateKeyPem;

    [Fact]
    public void From_a_text_with_several()
    {
        Refused.AsPrivate($"{First}\n{Second}").Should().Contain(Several);
        Refused.AsPrivate(KeyForge.Base64($"{First}\n{Second}")).Should().Contain(Several);
        Refused.AsPrivate(KeyWrappings.Json(First, Second)).Should().Contain(Several);
        Refused.AsPrivate(KeyWrappings.Json(KeyForge.Base64(First), KeyForge.Base64(Second))).Should().Contain(Several);
    }

    [Fact]
    public void Also_from_a_text_that_holds_its_public_half_or_its_certificate_too()
    {
        using RSA key = TestKeys.RsaOf(First);
        string certificate = KeyForge.Pem("CERTIFICATE", KeyForge.Certificate(key));

        foreach (string text in (string[])[$"{First}\n{TestKeys.Ours.PublicKeyPem}", $"{certificate}\n{First}"])
            new PlainJwt(new ApiJwtOptions { PrivateKey = text }).Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
    }

    [Fact]
    public void But_not_beside_the_public_half_of_another_key() =>
        Refused.AsPrivate($"{First}\n{TestKeys.Second.PublicKeyPem}").Should().Contain("belongs to another key. Give the private key alone.");
}
