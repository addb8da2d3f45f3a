using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>The modulus, the exponent and the key id of an RSA public key.</summary>
/// <remarks>Immutable. It has no platform handle, so it cannot be disposed while it is in use.</remarks>
internal sealed class RsaPublicKey(RSAParameters numbers)
{
    /// <summary>The modulus and the exponent, without private parameters.</summary>
    public RSAParameters Numbers { get; } = new() { Modulus = numbers.Modulus, Exponent = numbers.Exponent };

    /// <summary>The RFC 7638 thumbprint, which is the <c>kid</c> of tokens that this library issues.</summary>
    public string KeyId { get; } =
        Base64UrlEncoder.Encode(new RsaSecurityKey(new RSAParameters { Modulus = numbers.Modulus, Exponent = numbers.Exponent }).ComputeJwkThumbprint());

    /// <summary>The public half of a key of the platform.</summary>
    public static RsaPublicKey Of(RSA rsa) => new(rsa.ExportParameters(includePrivateParameters: false));
}
