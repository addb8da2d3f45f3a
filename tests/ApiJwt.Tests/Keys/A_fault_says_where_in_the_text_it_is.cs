using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class A_fault_says_where_in_the_text_it_is
{
    [Fact]
    public void By_the_number_of_the_block() =>
        Refused.AsPublic(TestKeys.Ours.PublicKeyPem + "\n" + TestKeys.Second.PrivateKeyPem)
            .Should().Contain("ApiJwtOptions.PublicKeys[0]: block 2: this is a private key where a public one belongs");

    [Fact]
    public void By_the_number_of_the_entry() =>
        Refused.AsPublic(KeyWrappings.Json(TestKeys.Ours.PublicKeyPem, "keys/public.pem"))
            .Should().Contain("ApiJwtOptions.PublicKeys[0]: entry 2 of the array: the text is neither PEM nor base64");

    [Fact]
    public void But_not_where_there_is_one_key_only() =>
        Refused.AsPublic(TestKeys.Ours.PrivateKeyPem).Should().Contain("ApiJwtOptions.PublicKeys[0]: this is a private key");
}
