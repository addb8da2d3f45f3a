using System.Numerics;

namespace ApiJwts;

/// <summary>Checks whether an RSA key may be used for RS256, by its modulus and exponent.</summary>
internal static class KeyStrength
{
    public const int MinimumKeySizeInBits = 2048;

    public const int MaximumKeySizeInBits = 16384;

    private const int SmallestExponent = 65537;

    /// <summary>The RFC 7638 thumbprint of the key pair in the source of the Python library, whose private key is public.</summary>
    private const string PythonSourceKey = "3R_PDXG-wxGct30zE6yPjkL_GMf4eL22i33i8j0lUn0";

    // The faulty generator computes primes as k * M + (65537^a mod M). M is a product of small primes, of which these are the first.
    private static readonly int[] RocaPrimes =
        [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167];

    /// <summary>Why a key must not be used; <see langword="null"/> if it may be used.</summary>
    public static string? FaultOf(RsaPublicKey publicKey)
    {
        var modulus = new BigInteger(publicKey.Numbers.Modulus, isUnsigned: true, isBigEndian: true);
        var exponent = new BigInteger(publicKey.Numbers.Exponent, isUnsigned: true, isBigEndian: true);
        long bits = modulus.GetBitLength();
        return bits switch
        {
            < MinimumKeySizeInBits => $"the key has {bits} bits. RS256 takes {MinimumKeySizeInBits} bits or more (RFC 7518, section 3.3): openssl genrsa -out key.pem {MinimumKeySizeInBits}",
            > MaximumKeySizeInBits => $"the key has {bits} bits. Up to {MaximumKeySizeInBits} are supported: openssl genrsa -out key.pem {MinimumKeySizeInBits}",
            // OpenSSL does not support exponents of more than 64 bits. FIPS 186-5, appendix A.1.1, requires an exponent above 65536. The
            // limit also excludes Diffie-Hellman parameters: they have the same DER form, with a small generator as the exponent, and anyone
            // can compute signatures for them.
            _ when modulus.IsEven || exponent.IsEven || exponent < SmallestExponent || exponent > ulong.MaxValue =>
                "the modulus or the exponent is not that of a usable RSA key. Make a new pair: openssl genrsa -out key.pem 2048",
            _ when publicKey.KeyId == PythonSourceKey =>
                "this is the key pair printed in the source of the Python library api_jwt: anyone can sign with it. Make a pair of your own: openssl genrsa -out key.pem 2048",
            _ when HasRocaWeakness(modulus) =>
                "the key has the ROCA weakness (CVE-2017-15361): a faulty chip made it, and its private half can be computed. Make a new pair elsewhere: openssl genrsa -out key.pem 2048",
            _ => null,
        };
    }

    /// <summary>Whether a signature check is much slower than with common keys, which have up to 4096 bits and the exponent 65537.</summary>
    public static bool IsSlow(RsaPublicKey publicKey) => publicKey.Numbers.Modulus!.Length > 1024 || publicKey.Numbers.Exponent!.Length > 4;

    /// <summary>Whether the modulus is a power of 65537 modulo every prime of the list. This is true if both of its factors come from the faulty generator.</summary>
    private static bool HasRocaWeakness(BigInteger modulus) =>
        Array.TrueForAll(RocaPrimes, prime => IsPowerOf65537((int)(modulus % prime), prime));

    private static bool IsPowerOf65537(int remainder, int prime)
    {
        int power = 1;
        do
        {
            if (power == remainder)
                return true;
            power = power * 65537 % prime;
        }
        while (power != 1);
        return false;
    }
}
