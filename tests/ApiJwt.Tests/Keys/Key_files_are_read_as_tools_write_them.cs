using System.Security.Cryptography.X509Certificates;
using System.Text;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class Key_files_are_read_as_tools_write_them
{
    // openssl pkcs12 -nodes
    private const string BagAttributes = "Bag Attributes\n    friendlyName: auth\n    localKeyID: 01 00 00 00 \nKey Attributes: <No Attributes>\n";

    // openssl pkcs12 -nokeys
    private const string CertificateBag = "Bag Attributes\n    localKeyID: 5D 27 65 99 \nsubject=CN = auth\n\nissuer=CN = auth\n\n";

    // openssl x509 -text
    private const string CertificateText = "Certificate:\n    Data:\n        Version: 3 (0x2)\n        Serial Number:\n            62:9b:1f\n        Issuer: CN = auth\n    Signature Value:\n        8b:a7:dc:b0\n";

    // openssl rsa -text
    private const string NumbersText = "Private-Key: (2048 bit, 2 primes)\nmodulus:\n    00:8b:a7:dc:\n    b0:23\npublicExponent: 65537 (0x10001)\n";

    private static readonly string PublicPem = TestKeys.Ours.PublicKeyPem;
    private static readonly string PrivatePem = TestKeys.Ours.PrivateKeyPem;
    private static readonly string CertificatePem = PemOf("auth", TestKeys.Ours);

    private static readonly Dictionary<string, string> PublicTexts = new()
    {
        ["text of openssl pkcs12"] = CertificateBag + CertificatePem,
        ["text of openssl x509"] = CertificateText + CertificatePem,
        ["text of openssl rsa"] = NumbersText + PublicPem,
        ["a comment before it, and one after it"] = $"# the key of the auth service\n{PublicPem}\n# until 2027\n",
        ["text with literal \\n"] = (CertificateText + CertificatePem).ReplaceLineEndings("\\n"),
        ["a certificate of version 1"] = Certificates.PemOfVersion1(TestKeys.Ours),
        ["UTF-8 with a byte-order mark"] = Bytes(new UTF8Encoding(true), PublicPem),
        ["UTF-16"] = Bytes(new UnicodeEncoding(bigEndian: false, byteOrderMark: true), PublicPem),
        ["UTF-16, without a byte-order mark"] = Bytes(new UnicodeEncoding(bigEndian: false, byteOrderMark: false), PublicPem),
        ["UTF-16, big-endian"] = Bytes(new UnicodeEncoding(bigEndian: true, byteOrderMark: true), PublicPem),
        ["UTF-16, big-endian, without a byte-order mark"] = Bytes(new UnicodeEncoding(bigEndian: true, byteOrderMark: false), PublicPem),
        ["UTF-16 of text of openssl x509 with CRLF"] = Bytes(new UnicodeEncoding(bigEndian: false, byteOrderMark: true), (CertificateText + CertificatePem).ReplaceLineEndings("\r\n")),
    };

    private static readonly Dictionary<string, string> PrivateTexts = new()
    {
        ["text of openssl pkcs12"] = BagAttributes + PrivatePem,
        ["text of openssl pkcs12, with the certificate"] = BagAttributes + PrivatePem + "\n" + CertificateBag + CertificatePem,
        ["text of openssl pkcs12, with the certificate first"] = CertificateBag + CertificatePem + "\n" + BagAttributes + PrivatePem,
        ["text of openssl rsa"] = NumbersText + PrivatePem,
        ["with its certificate and those of the authorities"] = $"{PrivatePem}\n{Chain()}",
        ["with its public half"] = $"{PrivatePem}\n{PublicPem}",
        ["UTF-16"] = Bytes(new UnicodeEncoding(bigEndian: false, byteOrderMark: true), PrivatePem),
        ["UTF-16, big-endian, with text"] = Bytes(new UnicodeEncoding(bigEndian: true, byteOrderMark: true), BagAttributes + PrivatePem),
    };

    public static TheoryData<string> Public => [.. PublicTexts.Keys];

    public static TheoryData<string> Private => [.. PrivateTexts.Keys];

    [Theory]
    [MemberData(nameof(Public))]
    public void To_verify_with(string form) =>
        new PlainJwt(new ApiJwtOptions { PublicKeys = { PublicTexts[form] } }).Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);

    [Theory]
    [MemberData(nameof(Private))]
    public void To_sign_with(string form)
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKey = PrivateTexts[form] });

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
        jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann" })).IsValid.Should().BeTrue();
    }

    [Fact]
    public void But_a_private_key_with_its_certificate_is_none_to_verify_with() =>
        Refused.AsPublic($"{CertificatePem}\n{PrivatePem}").Should().Contain("block 2: this is a private key where a public one belongs");

    [Fact]
    public void And_text_that_looks_like_the_rest_of_a_block_is_a_damaged_one() =>
        Refused.AsPublic($"-----END CERTIFICATE-----\n{PublicPem}").Should().Contain("the PEM text is damaged");

    private static string Chain()
    {
        using X509Certificate2 root = Certificates.Issue("root", TestKeys.Foreign);
        using X509Certificate2 leaf = Certificates.Issue("auth", TestKeys.Ours, root);
        return $"{leaf.ExportCertificatePem()}\n{root.ExportCertificatePem()}";
    }

    private static string PemOf(string name, RsaKeyPair pair)
    {
        using X509Certificate2 certificate = Certificates.Issue(name, pair);
        return certificate.ExportCertificatePem();
    }

    private static string Bytes(Encoding encoding, string text) => Convert.ToBase64String([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
}
