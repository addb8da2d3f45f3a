using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class All_faulty_keys_are_named_at_once
{
    [Fact]
    public void Each_by_its_setting_and_its_place()
    {
        using var elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var options = new ApiJwtOptions
        {
            PrivateKey = TestKeys.Ours.PublicKeyPem,
            PublicKeys = { TestKeys.Ours.PublicKeyPem, elliptic.ExportSubjectPublicKeyInfoPem(), "", TestKeys.Second.PublicKeyPem, "not a key" },
        };

        KeyFormatException exception = Refused.By(options);

        exception.Faults.Should().SatisfyRespectively(
            fault => fault.Should().StartWith("ApiJwtOptions.PrivateKey: this is a public key"),
            fault => fault.Should().StartWith("ApiJwtOptions.PublicKeys[1]: this is an EC key"),
            fault => fault.Should().StartWith("ApiJwtOptions.PublicKeys[2]: the text is empty"),
            fault => fault.Should().StartWith("ApiJwtOptions.PublicKeys[4]: the text is neither"));
        exception.Message.Should().StartWith("4 keys cannot be used:").And.ContainAll(exception.Faults);
    }

    [Fact]
    public void Several_of_one_text()
    {
        string text = KeyWrappings.Json(TestKeys.Ours.PrivateKeyPem, TestKeys.Ours.PublicKeyPem, "not a key");

        Refused.AllAsPublic(text).Should().SatisfyRespectively(
            fault => fault.Should().Contain("entry 3 of the array: the text is neither PEM nor base64"),
            fault => fault.Should().Contain("entry 1 of the array: this is a private key"));
    }

    [Fact]
    public void One_fault_alone_is_the_whole_message()
    {
        KeyFormatException exception = Refused.By(new ApiJwtOptions { PublicKeys = { "" } });

        exception.Message.Should().Be("ApiJwtOptions.PublicKeys[0]: the text is empty. Give a PEM text.");
        exception.Faults.Should().Equal(exception.Message);
        exception.Should().BeAssignableTo<ApiJwtException>();
    }
}
