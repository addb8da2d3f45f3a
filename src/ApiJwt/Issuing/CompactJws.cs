using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>Writes and signs a JWS in Compact Serialization (RFC 7515, section 3.1).</summary>
internal static class CompactJws
{
    public static byte[] WriteHeader(SigningKey signingKey, string type, bool hasKeyId = true) => WriteObject(json =>
    {
        json.WriteString("alg", SecurityAlgorithms.RsaSha256);
        if (hasKeyId)
            json.WriteString("kid", signingKey.PublicKey.KeyId);
        json.WriteString("typ", type);
    });

    public static byte[] WriteObject(Action<Utf8JsonWriter> writeMembers)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>The length of the signed token in characters.</summary>
    public static int LengthOf(byte[] header, byte[] payload, SigningKey signingKey) =>
        Base64Url.GetEncodedLength(header.Length) + Base64Url.GetEncodedLength(payload.Length)
        + Base64Url.GetEncodedLength(signingKey.PublicKey.Numbers.Modulus!.Length) + 2;

    /// <summary>Signs the token. Completes synchronously if the signing key does.</summary>
    public static async ValueTask<string> SignAsync(byte[] header, byte[] payload, SigningKey signingKey, CancellationToken cancel)
    {
        string signingInput = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        byte[] signature = await signingKey.SignAsync(Encoding.ASCII.GetBytes(signingInput), cancel).ConfigureAwait(false);
        return $"{signingInput}.{Base64Url.EncodeToString(signature)}";
    }
}
