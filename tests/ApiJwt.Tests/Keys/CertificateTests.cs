using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Hudya.Tests.Interop;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public sealed partial class CertificateTests : IDisposable
{
    private static readonly Dictionary<string, Container> Containers = new()
    {
        ["PKCS#12"] = new("this is a PKCS#12 file (.pfx, .p12).", "PKCS12", Certificates.Pfx(TestKeys.Ours), "-passin pass:"),
        ["PKCS#7"] = new("this is a PKCS#7 bundle of certificates (.p7b).", "PKCS7", Certificates.Bundle(TestKeys.Ours)),
        ["PKCS#10"] = new("this is a certificate request (.csr).", "CERTIFICATE REQUEST", Certificates.Request(TestKeys.Ours)),
    };

    private readonly KeyFolder _folder = new();
    private readonly RSA _rsa = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
    private readonly X509Certificate2 _root = Certificates.Issue("root", TestKeys.Foreign);
    private readonly X509Certificate2 _authority;
    private readonly X509Certificate2 _leaf;

    public CertificateTests()
    {
        _authority = Certificates.Issue("authority", TestKeys.Second, _root);
        _leaf = Certificates.Issue("auth", TestKeys.Ours, _authority);
    }

    public static TheoryData<string> Kinds => [.. Containers.Keys];

    /// <summary>Only the key of a certificate is used, so an expired certificate can sign.</summary>
    [Fact]
    public void A_certificate_signs_with_its_private_key()
    {
        using X509Certificate2 certificate = KeyForge.ExpiredCertificate(_rsa);
        var jwt = new PlainJwt(new ApiJwtOptions { Signer = TokenSigner.FromCertificate(certificate) });

        new PlainJwt(TestKeys.Verifying).Decode(jwt.Encode(new TokenRequest { Subject = "ann" })).IsValid.Should().BeTrue();
        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        using RSA? key = certificate.GetRSAPrivateKey();
        key!.SignData([1], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).Should().NotBeEmpty("the certificate still belongs to the caller");
    }

    [Fact]
    public void A_certificate_that_cannot_sign_is_refused()
    {
        using X509Certificate2 withoutKey = X509CertificateLoader.LoadCertificate(KeyForge.Certificate(_rsa));
        using var elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 ofEllipticKey = KeyForge.ExpiredCertificate(elliptic);
        using var weak = RSA.Create(1024);
        using X509Certificate2 ofShortKey = KeyForge.ExpiredCertificate(weak);

        FluentActions.Invoking(() => TokenSigner.FromCertificate(withoutKey)).Should().ThrowExactly<KeyFormatException>()
            .WithMessage("The certificate has no private key here. Load it with its private key, from a PFX file or a certificate store.");
        FluentActions.Invoking(() => TokenSigner.FromCertificate(ofEllipticKey)).Should().ThrowExactly<KeyFormatException>()
            .WithMessage("The certificate cannot sign: this is an EC key. RS256 takes an RSA key: openssl genrsa -out key.pem 2048");
        FluentActions.Invoking(() => new PlainJwt(new ApiJwtOptions { Signer = TokenSigner.FromCertificate(ofShortKey) })).Should().ThrowExactly<KeyFormatException>()
            .WithMessage("*the key has 1024 bits*");
        FluentActions.Invoking(() => TokenSigner.FromCertificate(null!)).Should().ThrowExactly<ArgumentNullException>().WithParameterName("certificate");
    }

    /// <summary>Otherwise the keys of the certificate authorities in the chain could sign tokens.</summary>
    [Theory]
    [InlineData("leaf", "leaf")]
    [InlineData("leaf authority", "leaf")]
    [InlineData("leaf authority root", "leaf")]
    [InlineData("root authority leaf", "leaf")]
    [InlineData("authority leaf leaf", "leaf")]
    [InlineData("authority root", "authority")]
    [InlineData("root", "root")]
    // The text does not contain the certificate that links the leaf to the root.
    [InlineData("leaf root", "leaf root")]
    public void Only_the_leaf_of_a_certificate_chain_verifies(string certificates, string inForce)
    {
        string[] pems = [.. certificates.Split(' ').Select(PemOf)];
        string[] verifying = inForce.Split(' ');
        foreach (string text in (string[])[string.Join('\n', pems), KeyWrappings.Json(pems), KeyForge.Base64(string.Join('\n', pems))])
        {
            var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { text } });

            jwt.Keys.KeyIds.Should().Equal(verifying.Select(name => PairOf(name).KeyId));
            foreach (string name in (string[])["leaf", "authority", "root"])
                jwt.Decode(Issued.By(PairOf(name))).Failure.Should().Be(verifying.Contains(name) ? TokenFailure.None : TokenFailure.InvalidSignature);
        }
    }

    [Fact]
    public void A_certificate_authority_that_the_settings_list_separately_verifies()
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { $"{PemOf("leaf")}\n{PemOf("authority")}", TestKeys.Second.PublicKeyPem } });

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
    }

    /// <summary>After a rotation there can be two self-signed certificates with the same name.</summary>
    [Fact]
    public void Two_certificates_with_the_same_name_are_not_a_chain()
    {
        using X509Certificate2 next = Certificates.Issue("root", TestKeys.Ours);

        new PlainJwt(new ApiJwtOptions { PublicKeys = { $"{PemOf("root")}\n{next.ExportCertificatePem()}" } }).Keys.KeyIds
            .Should().Equal(TestKeys.Foreign.KeyId, TestKeys.Ours.KeyId);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_container_with_a_key_is_refused_in_both_settings_and_every_wrapping(string kind)
    {
        Container container = Containers[kind];
        foreach (string text in (string[])[Convert.ToBase64String(container.Der), KeyForge.Pem(container.Label, container.Der), KeyForge.Base64(KeyForge.Pem(container.Label, container.Der))])
        {
            Refused.AsPublic(text).Should().Contain(container.Name).And.Contain("openssl ");
            Refused.AsPrivate(text).Should().Contain(container.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_command_that_the_refusal_of_a_container_names_extracts_the_key(string kind)
    {
        Container container = Containers[kind];
        string message = Refused.AsPublic(Convert.ToBase64String(container.Der));
        string[] commands = [.. Command().Matches(message).Select(match => match.Value)];
        commands.Should().NotBeEmpty();
        foreach (string command in commands)
        {
            string[] words = command.Split(' ');
            _folder.Write(words[Array.IndexOf(words, "-in") + 1], container.Der);
            string der = message.Contains("-inform DER", StringComparison.Ordinal) ? "-inform DER" : "";

            (int exitCode, string output, string errors) = await ForeignTool.RunAsync("bash", ["-c", $"{command} {der} {container.More}"], folder: _folder.PathOf(""));
            Assert.SkipUnless(exitCode != 127, "openssl is not installed.");

            exitCode.Should().Be(0, errors);
            int named = Array.IndexOf(words, "-out");
            string key = named < 0 ? output : await File.ReadAllTextAsync(_folder.PathOf(words[named + 1]), TestContext.Current.CancellationToken);
            var options = new ApiJwtOptions();
            if (key.Contains("PRIVATE", StringComparison.Ordinal))
                options.PrivateKey = key;
            else
                options.PublicKeys.Add(key);
            new PlainJwt(options).Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        _rsa.Dispose();
        _root.Dispose();
        _authority.Dispose();
        _leaf.Dispose();
    }

    private string PemOf(string certificate) => (certificate == "leaf" ? _leaf : certificate == "root" ? _root : _authority).ExportCertificatePem();

    private static RsaKeyPair PairOf(string certificate) => certificate == "leaf" ? TestKeys.Ours : certificate == "root" ? TestKeys.Foreign : TestKeys.Second;

    [GeneratedRegex(@"openssl .*?(?=\. |\.$|$)")]
    private static partial Regex Command();

    private sealed record Container(string Name, string Label, byte[] Der, string More = "");
}
