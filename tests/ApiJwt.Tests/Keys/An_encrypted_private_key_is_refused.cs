using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class An_encrypted_private_key_is_refused
{
    public static TheoryData<string> Forms => ["PKCS#8", "PKCS#8 with literal \\n", "PKCS#8 as base64", "PKCS#8 as base64 of DER", "PKCS#1", "PKCS#1 with literal \\n", "PKCS#1 as base64"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void With_the_command_that_decrypts_it(string form)
    {
        string text = TextOf(form);

        Refused.AsPrivate(text).Should().Contain("this is an encrypted private key. Decrypt it first: openssl pkey -in");
        Refused.AsPublic(text).Should().Contain("this is an encrypted private key");
    }

    private static string TextOf(string form)
    {
        using RSA key = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        var encryption = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 1000);
        string pkcs8 = key.ExportEncryptedPkcs8PrivateKeyPem("correct horse", encryption);
        // OpenSSL's own encryption says so in two lines above the base64; what is below them looks like noise.
        string pkcs1 = KeyForge.Pem("RSA PRIVATE KEY", RandomNumberGenerator.GetBytes(1200))
            .Replace("KEY-----\n", $"KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,{RandomNumberGenerator.GetHexString(32)}\n\n", StringComparison.Ordinal);
        string pem = form.StartsWith("PKCS#8", StringComparison.Ordinal) ? pkcs8 : pkcs1;
        return form.EndsWith("literal \\n", StringComparison.Ordinal) ? pem.ReplaceLineEndings("\\n")
            : form.EndsWith("as base64", StringComparison.Ordinal) ? KeyForge.Base64(pem)
            : form.EndsWith("of DER", StringComparison.Ordinal) ? Convert.ToBase64String(KeyForge.DerOf(pem))
            : pem;
    }
}
