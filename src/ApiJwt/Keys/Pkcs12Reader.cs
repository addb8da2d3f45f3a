using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ApiJwts;

/// <summary>Reads the key of a PKCS#12 file (.pfx, .p12).</summary>
/// <remarks>The key is not written to disk, except on macOS, where the platform can load it only into a keychain and deletes that afterwards.</remarks>
internal sealed class Pkcs12Reader(string? password, string passwordSetting)
{
    private static readonly X509KeyStorageFlags Storage =
        OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;

    /// <summary>Reads the signing key; <see langword="null"/> if there is none that can be used.</summary>
    /// <param name="pkcs12">The contents of the file.</param>
    /// <param name="faults">A sentence is added if there is no usable key.</param>
    public SigningKey? Read(byte[] pkcs12, List<string> faults)
    {
        X509Certificate2Collection certificates = [];
        try
        {
#if NET9_0_OR_GREATER
            certificates = X509CertificateLoader.LoadPkcs12Collection(pkcs12, password, Storage);
#else
            certificates.Import(pkcs12, password, Storage);
#endif
            return SigningKeyOf([.. certificates.Where(certificate => certificate.HasPrivateKey)], faults);
        }
        catch (CryptographicException)
        {
            faults.Add($"the file is not a PKCS#12 file (.pfx, .p12), or {passwordSetting} is not its password");
            return null;
        }
        finally
        {
            foreach (X509Certificate2 certificate in certificates)
                certificate.Dispose();
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The signer keeps it.")]
    private static SigningKey? SigningKeyOf(X509Certificate2[] certificates, List<string> faults)
    {
        if (certificates is not [var certificate])
        {
            faults.Add(certificates.Length == 0
                ? "the file has no private key. Export the certificate with its private key"
                : "the file holds several private keys. Export the one that signs");
            return null;
        }

        string? fault = null;
        SigningKey? signingKey = certificate.GetRSAPrivateKey() is { } rsa ? KeyDer.SigningKeyOf(rsa, out fault) : null;
        if (signingKey is null)
            faults.Add(fault ?? KeyDer.NotRsa(certificate.PublicKey.Oid.Value));
        return signingKey;
    }
}
