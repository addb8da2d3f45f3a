using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Hudya.Tests.Keys;

/// <summary>Tests the forms of key text that are accepted.</summary>
public class KeyTextTests
{
    // The output of: openssl pkcs12 -nodes
    private const string BagAttributes = "Bag Attributes\n    friendlyName: auth\n    localKeyID: 01 00 00 00 \nKey Attributes: <No Attributes>\n";

    // The output of: openssl pkcs12 -nokeys
    private const string CertificateBag = "Bag Attributes\n    localKeyID: 5D 27 65 99 \nsubject=CN = auth\n\nissuer=CN = auth\n\n";

    // The output of: openssl x509 -text
    private const string CertificateText = "Certificate:\n    Data:\n        Version: 3 (0x2)\n        Serial Number:\n            62:9b:1f\n        Issuer: CN = auth\n    Signature Value:\n        8b:a7:dc:b0\n";

    // The output of: openssl rsa -text
    private const string NumbersText = "Private-Key: (2048 bit, 2 primes)\nmodulus:\n    00:8b:a7:dc:\n    b0:23\npublicExponent: 65537 (0x10001)\n";

    private static readonly string PublicPem = TestKeys.Ours.PublicKeyPem;
    private static readonly string PrivatePem = TestKeys.Ours.PrivateKeyPem;
    private static readonly string SecondPem = TestKeys.Second.PublicKeyPem;
    private static readonly string CertificatePem = Chain().Leaf;
    private static readonly string Token = Issued.By(TestKeys.Ours);

    private static readonly Dictionary<string, string> PublicToolTexts = new()
    {
        ["text of openssl pkcs12"] = CertificateBag + CertificatePem,
        ["text of openssl x509"] = CertificateText + CertificatePem,
        ["text of openssl rsa"] = NumbersText + PublicPem,
        ["a comment before it, and one after it"] = $"# the key of the auth service\n{PublicPem}\n# until 2027\n",
        ["text with literal \\n"] = (CertificateText + CertificatePem).ReplaceLineEndings("\\n"),
        ["a backslash at the end"] = PublicPem + "\\",
        ["a certificate of version 1"] = Certificates.PemOfVersion1(TestKeys.Ours),
        // The tests of key files contain the other encodings.
        ["UTF-16"] = Convert.ToBase64String(Encoding.Unicode.GetBytes((CertificateText + CertificatePem).ReplaceLineEndings("\r\n"))),
        ["SPKI under the label of PKCS#1"] = KeyForge.Pem("RSA PUBLIC KEY", KeyForge.DerOf(KeyForms.Public["SPKI"])),
        ["PKCS#1 under the label of SPKI"] = KeyForge.Pem("PUBLIC KEY", KeyForge.DerOf(KeyForms.Public["PKCS#1"])),
        ["a certificate under the label of SPKI"] = KeyForge.Pem("PUBLIC KEY", KeyForge.DerOf(KeyForms.Public["certificate"])),
    };

    private static readonly Dictionary<string, string> PrivateToolTexts = new()
    {
        ["text of openssl pkcs12"] = BagAttributes + PrivatePem,
        ["text of openssl pkcs12, with the certificate"] = BagAttributes + PrivatePem + "\n" + CertificateBag + CertificatePem,
        ["text of openssl pkcs12, with the certificate first"] = CertificateBag + CertificatePem + "\n" + BagAttributes + PrivatePem,
        ["text of openssl rsa"] = NumbersText + PrivatePem,
        ["with its certificate and those of the authorities"] = $"{PrivatePem}\n{CertificatePem}\n{Chain().Root}",
        ["with its public half"] = $"{PrivatePem}\n{PublicPem}",
    };

    private static readonly Dictionary<string, string> TextsOfTwo = new()
    {
        ["two PEM blocks"] = $"{PublicPem}\n{SecondPem}",
        ["two PEM blocks with empty lines between them"] = $"{PublicPem}\n\n \r\n{SecondPem}\n",
        ["two PEM blocks with literal \\n"] = $"{PublicPem}\n{SecondPem}".ReplaceLineEndings("\\n"),
        ["two PEM blocks in quotes with literal \\n"] = $"\"{$"{PublicPem}\n{SecondPem}".ReplaceLineEndings("\\n")}\"",
        ["two PEM blocks as base64"] = KeyForge.Base64($"{PublicPem}\n{SecondPem}"),
        ["two PEM blocks of different kinds"] = $"{KeyForms.Public["PKCS#1"]}\n{SecondPem}",
        ["a JSON array of PEM"] = KeyWrappings.Json(PublicPem, SecondPem),
        ["a JSON array of base64 of PEM"] = KeyWrappings.Json(KeyForge.Base64(PublicPem), KeyForge.Base64(SecondPem)),
        ["a JSON array of different forms"] = KeyWrappings.Json(KeyForge.Base64(PublicPem), $" '{SecondPem.ReplaceLineEndings("\\n")}' "),
        ["a JSON array of one text with two PEM blocks"] = KeyWrappings.Json($"{PublicPem}\n{SecondPem}"),
        ["a JSON array as base64"] = KeyForge.Base64(KeyWrappings.Json(PublicPem, SecondPem)),
    };

    public static TheoryData<string, string> PublicForms => KeyWrappings.OfEach(KeyForms.Public.Keys);

    public static TheoryData<string, string> PrivateForms => KeyWrappings.OfEach(KeyForms.Private.Keys);

    public static TheoryData<string> PublicFromTools => [.. PublicToolTexts.Keys];

    public static TheoryData<string> PrivateFromTools => [.. PrivateToolTexts.Keys];

    public static TheoryData<string> Twos => [.. TextsOfTwo.Keys];

    /// <summary>The certificate in the rows has expired. Only the key of a certificate is used.</summary>
    [Theory]
    [MemberData(nameof(PublicForms))]
    public void Every_form_of_a_public_key_verifies_in_every_wrapping(string kind, string wrapping)
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { KeyWrappings.Wrap(KeyForms.Public[kind], wrapping) } });

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
        jwt.Decode(Token).IsValid.Should().BeTrue();
        jwt.Decode(Issued.By(TestKeys.Foreign)).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    [Theory]
    [MemberData(nameof(PrivateForms))]
    public void Every_form_of_a_private_key_signs_in_every_wrapping(string kind, string wrapping)
    {
        string token = Issued.By(KeyWrappings.Wrap(KeyForms.Private[kind], wrapping));

        new PlainJwt(TestKeys.Verifying).Decode(token).IsValid.Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(PublicFromTools))]
    public void A_public_key_is_read_in_the_forms_that_tools_and_editors_write(string form)
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { PublicToolTexts[form] } });

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
        jwt.Decode(Token).IsValid.Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(PrivateFromTools))]
    public void A_private_key_is_read_in_the_forms_that_tools_and_editors_write(string form)
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKey = PrivateToolTexts[form] });

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
        jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann" })).IsValid.Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Twos))]
    public void Each_of_several_public_keys_in_one_text_verifies(string form)
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { TextsOfTwo[form] } });

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        jwt.Decode(Token).IsValid.Should().BeTrue();
        jwt.Decode(Issued.By(TestKeys.Second)).IsValid.Should().BeTrue();
        jwt.Decode(Issued.By(TestKeys.Foreign)).IsValid.Should().BeFalse();
    }

    [Fact]
    public void Several_texts_with_several_keys_are_read_in_their_order()
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { SecondPem, KeyWrappings.Json(PublicPem, TestKeys.Foreign.PublicKeyPem) } });

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId, TestKeys.Ours.KeyId, TestKeys.Foreign.KeyId);
    }

    private static (string Leaf, string Root) Chain()
    {
        using X509Certificate2 root = Certificates.Issue("root", TestKeys.Foreign);
        using X509Certificate2 leaf = Certificates.Issue("auth", TestKeys.Ours, root);
        return (leaf.ExportCertificatePem(), root.ExportCertificatePem());
    }
}
