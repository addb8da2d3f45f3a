using System.Numerics;

namespace ApiJwts;

/// <summary>Which RSA keys are fit for RS256, by their public numbers alone.</summary>
internal static class KeyStrength
{
    public const int MinimumKeySizeInBits = 2048;

    public const int MaximumKeySizeInBits = 16384;

    private const int SmallestExponent = 65537;

    /// <summary>The pair printed in the source of the Python library, by RFC 7638 thumbprint: anyone can sign with it.</summary>
    private const string PythonSourceKey = "3R_PDXG-wxGct30zE6yPjkL_GMf4eL22i33i8j0lUn0";

    // The primes of the product M from which the faulty generator made its primes: k * M + (65537^a mod M).
    private static readonly int[] RocaPrimes =
        [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167];

    /// <summary>Why a key must not be used; <see langword="null"/> if it may be.</summary>
    public static string? FaultOf(RsaPublicKey key)
    {
        var modulus = new BigInteger(key.Numbers.Modulus, isUnsigned: true, isBigEndian: true);
        var exponent = new BigInteger(key.Numbers.Exponent, isUnsigned: true, isBigEndian: true);
        long bits = modulus.GetBitLength();
        return bits switch
        {
            < MinimumKeySizeInBits => $"the key has {bits} bits. RS256 takes {MinimumKeySizeInBits} bits or more (RFC 7518, section 3.3): openssl genrsa -out key.pem {MinimumKeySizeInBits}",
            > MaximumKeySizeInBits => $"the key has {bits} bits. Up to {MaximumKeySizeInBits} are supported: openssl genrsa -out key.pem {MinimumKeySizeInBits}",
            // OpenSSL verifies with no exponent above 64 bits. A small one is out of use (FIPS 186-5, appendix A.1.1), and is what the
            // generator of Diffie-Hellman parameters looks like, which have the form of a key, and for which anyone could sign.
            _ when modulus.IsEven || exponent.IsEven || exponent < SmallestExponent || exponent > ulong.MaxValue =>
                "the key's numbers are not those of an RSA key that is fit for use. Make a new pair: openssl genrsa -out key.pem 2048",
            _ when key.KeyId == PythonSourceKey =>
                "this is the key pair printed in the source of the Python library api_jwt: anyone can sign with it. Make a pair of your own: openssl genrsa -out key.pem 2048",
            _ when HasRocaWeakness(modulus) =>
                "the key has the ROCA weakness (CVE-2017-15361): a faulty chip made it, and its private half can be computed. Make a new pair elsewhere: openssl genrsa -out key.pem 2048",
            _ => null,
        };
    }

    /// <summary>Whether a signature check takes far longer than with the keys in use, which have up to 4096 bits and an exponent of 17 bits.</summary>
    public static bool IsSlow(RsaPublicKey key) => key.Numbers.Modulus!.Length > 1024 || key.Numbers.Exponent!.Length > 4;

    /// <summary>Both primes of such a key, and so the modulus, are a power of 65537 modulo every prime of the product.</summary>
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
