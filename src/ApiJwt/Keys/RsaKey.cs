using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>A key that passed every check of <see cref="KeyText"/>: its numbers, and its name.</summary>
internal sealed class RsaKey(RSAParameters parameters)
{
    /// <summary>The key as IdentityModel wants it, from numbers alone: nobody can dispose it under the provider.</summary>
    public RSAParameters Parameters { get; } = parameters;

    public bool HasPrivate => Parameters.D is not null;

    /// <summary>The RFC 7638 thumbprint, which is the key id on the wire.</summary>
    public string Thumbprint { get; } = Base64UrlEncoder.Encode(new RsaSecurityKey(PublicPart(parameters)).ComputeJwkThumbprint());

    public RsaKey PublicHalf() => HasPrivate ? new RsaKey(PublicPart(Parameters)) : this;

    private static RSAParameters PublicPart(RSAParameters all) => new() { Modulus = all.Modulus, Exponent = all.Exponent };
}
