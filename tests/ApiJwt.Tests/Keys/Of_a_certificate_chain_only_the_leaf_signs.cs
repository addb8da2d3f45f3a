using System.Security.Cryptography.X509Certificates;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

/// <summary>Or every key of a certificate authority, and of everybody whom it certified as one, could sign tokens.</summary>
public sealed class Of_a_certificate_chain_only_the_leaf_signs : IDisposable
{
    private readonly X509Certificate2 _root = Certificates.Issue("root", TestKeys.Foreign);
    private readonly X509Certificate2 _authority;
    private readonly X509Certificate2 _leaf;

    public Of_a_certificate_chain_only_the_leaf_signs()
    {
        _authority = Certificates.Issue("authority", TestKeys.Second, _root);
        _leaf = Certificates.Issue("auth", TestKeys.Ours, _authority);
    }

    public static TheoryData<string, string> Texts => new()
    {
        { "leaf", "leaf" },
        { "leaf authority", "leaf" },
        { "leaf authority root", "leaf" },
        { "root authority leaf", "leaf" },
        { "authority leaf leaf", "leaf" },
        { "authority root", "authority" },
        { "root", "root" },
        // Nothing of the text says that it issued one of the others.
        { "leaf root", "leaf root" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Wherever_it_stands(string certificates, string inForce)
    {
        string[] pems = [.. certificates.Split(' ').Select(PemOf)];
        foreach (string text in (string[])[string.Join('\n', pems), KeyWrappings.Json(pems), KeyForge.Base64(string.Join('\n', pems))])
        {
            new PlainJwt(new ApiJwtOptions { PublicKeys = { text } }).Keys.KeyIds.Should().Equal(inForce.Split(' ').Select(IdOf));
        }
    }

    [Fact]
    public void And_its_tokens_alone_are_valid()
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { $"{PemOf("leaf")}\n{PemOf("authority")}\n{PemOf("root")}" } });

        jwt.Decode(Issued.By(TestKeys.Ours)).IsValid.Should().BeTrue();
        jwt.Decode(Issued.By(TestKeys.Second)).Failure.Should().Be(TokenFailure.InvalidSignature);
        jwt.Decode(Issued.By(TestKeys.Foreign)).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    [Fact]
    public void But_an_authority_that_is_listed_by_itself_does()
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { $"{PemOf("leaf")}\n{PemOf("authority")}", TestKeys.Second.PublicKeyPem } });

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
    }

    /// <summary>As before and after a rotation: both are called the same, and both are their own issuer.</summary>
    [Fact]
    public void And_two_certificates_of_one_name_are_no_chain()
    {
        using X509Certificate2 next = Certificates.Issue("root", TestKeys.Ours);

        new PlainJwt(new ApiJwtOptions { PublicKeys = { $"{PemOf("root")}\n{next.ExportCertificatePem()}" } }).Keys.KeyIds
            .Should().Equal(TestKeys.Foreign.KeyId, TestKeys.Ours.KeyId);
    }

    public void Dispose()
    {
        _root.Dispose();
        _authority.Dispose();
        _leaf.Dispose();
    }

    private string PemOf(string certificate) => (certificate == "leaf" ? _leaf : certificate == "root" ? _root : _authority).ExportCertificatePem();

    private static string IdOf(string certificate) => (certificate == "leaf" ? TestKeys.Ours : certificate == "root" ? TestKeys.Foreign : TestKeys.Second).KeyId;
}
