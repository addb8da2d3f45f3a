using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Rfc;

/// <summary>Services that trust the keys printed in the RFCs.</summary>
internal static class Published
{
    public static PlainJwt ServiceWithKey(string modulus)
    {
        using RSA key = RSA.Create(new RSAParameters { Modulus = Forge.Decode(modulus), Exponent = [1, 0, 1] });
        return new PlainJwt(new ApiJwtOptions { PublicKeys = { key.ExportSubjectPublicKeyInfoPem() } });
    }

    /// <summary>The token with one character of one part replaced.</summary>
    public static string WithOneCharacterChanged(string token, int part)
    {
        string[] parts = token.Split('.');
        char other = parts[part][20] == 'A' ? 'B' : 'A';
        parts[part] = parts[part].Remove(20, 1).Insert(20, $"{other}");
        return string.Join('.', parts);
    }
}
