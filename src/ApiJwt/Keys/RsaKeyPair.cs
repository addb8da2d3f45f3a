using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace ApiJwts;

/// <summary>A new RSA key pair, for demos, for tests, or for a key rotation.</summary>
/// <remarks>Immutable and thread-safe. <see cref="object.ToString"/> does not show a key.</remarks>
public sealed class RsaKeyPair
{
    private RsaKeyPair(RSA rsa)
    {
        PublicKeyPem = rsa.ExportSubjectPublicKeyInfoPem();
        PrivateKeyPem = rsa.ExportPkcs8PrivateKeyPem();
        KeyId = RsaPublicKey.Of(rsa).KeyId;
    }

    /// <summary>The public key as PEM (SubjectPublicKeyInfo). It is not secret.</summary>
    public string PublicKeyPem { get; }

    /// <summary>The private key as unencrypted PEM (PKCS#8). Give it only to the service that issues tokens. Not serialized to JSON.</summary>
    [JsonIgnore]
    public string PrivateKeyPem { get; }

    /// <summary>The key id: the RFC 7638 thumbprint of the public key, 43 characters.</summary>
    public string KeyId { get; }

    /// <summary>The public key on one line, as base64 of the PEM, for the environment variable <c>JWT_KEY_PUBLIC</c>.</summary>
    public string PublicKeyForEnvironment => OneLine(PublicKeyPem);

    /// <summary>The private key on one line, as base64 of the PEM, for the environment variable <c>JWT_KEY_PRIVATE</c>. Not serialized to JSON.</summary>
    [JsonIgnore]
    public string PrivateKeyForEnvironment => OneLine(PrivateKeyPem);

    /// <summary>Generates a key pair with the random number generator of the operating system.</summary>
    /// <param name="keySizeInBits">The key size: a multiple of 64 from 2048 to 16384. Generating large keys is slow.</param>
    /// <returns>The new key pair.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The key size is out of bounds or not a multiple of 64.</exception>
    public static RsaKeyPair Generate(int keySizeInBits = KeyStrength.MinimumKeySizeInBits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keySizeInBits, KeyStrength.MinimumKeySizeInBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keySizeInBits, KeyStrength.MaximumKeySizeInBits);
        if (keySizeInBits % 64 != 0)
            throw new ArgumentOutOfRangeException(nameof(keySizeInBits), keySizeInBits, "The size of a key is a multiple of 64 bits, such as 2048, 3072 or 4096.");
        using RSA rsa = RSA.Create(keySizeInBits);
        return new RsaKeyPair(rsa);
    }

    private static string OneLine(string pem) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));
}
