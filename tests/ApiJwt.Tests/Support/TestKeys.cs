using System.Security.Cryptography;

namespace Hudya.Tests.Support;

/// <summary>Key pairs that all tests of a run share, because making one takes longer than most tests.</summary>
public static class TestKeys
{
    public static RsaKeyPair Ours { get; } = RsaKeyPair.Generate();

    public static RsaKeyPair Second { get; } = RsaKeyPair.Generate();

    /// <summary>A pair that no service under test trusts.</summary>
    public static RsaKeyPair Foreign { get; } = RsaKeyPair.Generate();

    public static RSA ForeignKey { get; } = RsaOf(Foreign.PrivateKeyPem);

    public static ApiJwtOptions Issuing => new() { PrivateKey = Ours.PrivateKeyPem };

    public static ApiJwtOptions Verifying => new() { PublicKeys = { Ours.PublicKeyPem } };

    public static RSA RsaOf(string pem)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return rsa;
    }
}
