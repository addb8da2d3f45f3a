using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class Every_form_of_a_public_key_is_read
{
    private static readonly string Token = Issued.By(TestKeys.Ours);

    private static readonly Dictionary<string, string> Pems = MakePems();

    public static TheoryData<string, string> Forms => KeyWrappings.OfEach(Pems.Keys);

    [Theory]
    [MemberData(nameof(Forms))]
    public void And_verifies_a_token(string kind, string wrapping)
    {
        string text = KeyWrappings.Wrap(Pems[kind], wrapping);

        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { text } });

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
        jwt.Decode(Token).IsValid.Should().BeTrue();
        jwt.Decode(Issued.By(TestKeys.Foreign)).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    [Fact]
    public void And_the_dates_of_a_certificate_are_not_looked_at()
    {
        using RSA key = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        string expired = KeyForge.Pem("CERTIFICATE", KeyForge.Certificate(key));

        new PlainJwt(new ApiJwtOptions { PublicKeys = { expired } }).Decode(Token).IsValid.Should().BeTrue();
    }

    [Theory]
    [InlineData("SPKI", "RSA PUBLIC KEY")]
    [InlineData("PKCS#1", "PUBLIC KEY")]
    [InlineData("certificate", "PUBLIC KEY")]
    public void And_a_wrong_label_does_no_harm(string kind, string label)
    {
        string relabelled = KeyForge.Pem(label, KeyForge.DerOf(Pems[kind]));

        new PlainJwt(new ApiJwtOptions { PublicKeys = { relabelled } }).Decode(Token).IsValid.Should().BeTrue();
    }

    private static Dictionary<string, string> MakePems()
    {
        using RSA key = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SPKI"] = key.ExportSubjectPublicKeyInfoPem(),
            ["PKCS#1"] = key.ExportRSAPublicKeyPem(),
            ["certificate"] = KeyForge.Pem("CERTIFICATE", KeyForge.Certificate(key)),
        };
    }
}
