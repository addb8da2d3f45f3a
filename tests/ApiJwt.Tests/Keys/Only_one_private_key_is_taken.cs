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
    public void And_none_from_a_text_that_holds_its_public_half_too() =>
        Refused.AsPrivate($"{First}\n{TestKeys.Ours.PublicKeyPem}").Should().Contain("this is a public key where the private one belongs");
}
