using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>An RSA public key that passed every check of <see cref="KeyDer"/>: its two numbers, and its key id.</summary>
/// <remarks>A value: it holds no handle that somebody could dispose.</remarks>
internal sealed class RsaPublicKey(RSAParameters numbers)
{
    /// <summary>The modulus and the exponent alone, whatever else was given.</summary>
    public RSAParameters Numbers { get; } = new() { Modulus = numbers.Modulus, Exponent = numbers.Exponent };

    /// <summary>The RFC 7638 thumbprint: the <c>kid</c> of tokens that this library issues.</summary>
    public string KeyId { get; } =
        Base64UrlEncoder.Encode(new RsaSecurityKey(new RSAParameters { Modulus = numbers.Modulus, Exponent = numbers.Exponent }).ComputeJwkThumbprint());
}
