using System.Security.Cryptography;

namespace Hudya.Tests.Support;

/// <summary>Our key as PEM, in each structure that a PEM text can contain.</summary>
public static class KeyForms
{
    private static readonly RSA Key = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);

    /// <summary>The certificate has expired.</summary>
    public static IReadOnlyDictionary<string, string> Public { get; } = new Dictionary<string, string>
    {
        ["SPKI"] = Key.ExportSubjectPublicKeyInfoPem(),
        ["PKCS#1"] = Key.ExportRSAPublicKeyPem(),
        ["certificate"] = KeyForge.Pem("CERTIFICATE", KeyForge.Certificate(Key)),
    };

    public static IReadOnlyDictionary<string, string> Private { get; } = new Dictionary<string, string>
    {
        ["PKCS#8"] = Key.ExportPkcs8PrivateKeyPem(),
        ["PKCS#1"] = Key.ExportRSAPrivateKeyPem(),
    };
}
