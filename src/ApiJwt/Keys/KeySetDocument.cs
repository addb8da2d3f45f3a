using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>The keys of a JSON Web Key Set (RFC 7517) that can verify RS256.</summary>
/// <param name="VerificationKeys">The usable keys, ordered by key id, because a server may return the same keys in a different order.</param>
/// <param name="Summary">The number of keys, and why some of them cannot be used, such as <c>2 keys, none usable: 1 EC, 1 for encryption</c>.</param>
internal sealed record KeySetDocument(IReadOnlyList<TrustedKey> VerificationKeys, string Summary)
{
    /// <summary>The maximum number of keys. A token without a known <c>kid</c> causes an RSA operation for each key.</summary>
    public const int MaxKeys = 32;

    /// <exception cref="JsonException">The bytes are not a key set.</exception>
    public static KeySetDocument Parse(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json, StrictJson.Options);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("keys", out JsonElement all)
            || all.ValueKind != JsonValueKind.Array)
            throw new JsonException("The text is not a JSON Web Key Set: an object with an array 'keys'.");
        var verificationKeys = new List<TrustedKey>();
        var reasons = new List<string>();
        foreach (JsonElement element in all.EnumerateArray())
        {
            // Unusable keys are skipped: a set may have keys of other types and for other purposes (RFC 7517, section 5).
            if (Read(element, out string? reason) is { } verificationKey)
                verificationKeys.Add(verificationKey);
            else
                reasons.Add(reason!);
        }

        string others = string.Join(", ", reasons.GroupBy(reason => reason, StringComparer.Ordinal).Select(same => $"{same.Count()} {same.Key}"));
        int count = verificationKeys.Count + reasons.Count;
        string summary = $"{count} {(count == 1 ? "key" : "keys")}, {(verificationKeys.Count == 0 ? "none" : verificationKeys.Count)} usable{(others.Length > 0 ? $": {others}" : "")}";
        return new KeySetDocument([.. verificationKeys.OrderBy(key => key.PublicKey.KeyId, StringComparer.Ordinal)], summary);
    }

    private static TrustedKey? Read(JsonElement jwk, out string? reason)
    {
        try
        {
            reason = ReasonAgainst(jwk);
            if (reason is not null)
                return null;
            var publicKey = new RsaPublicKey(new RSAParameters { Modulus = Number(jwk, "n"), Exponent = Number(jwk, "e") });
            // A token without a kid is verified with each of up to 32 keys, so a key whose operation is slow is refused.
            reason = KeyStrength.FaultOf(publicKey) is not null ? "unfit for RS256" : KeyStrength.IsSlow(publicKey) ? "too large to be fetched" : null;
            if (reason is null)
                return new TrustedKey(publicKey, TextOf(jwk, "kid"));
        }
        // InvalidOperationException: a string has a lone surrogate, or a value is not a string.
        catch (Exception fault) when (fault is FormatException or InvalidOperationException)
        {
            reason = "damaged";
        }

        return null;
    }

    /// <summary>Why the key is not a key for RS256; <see langword="null"/> if it is.</summary>
    private static string? ReasonAgainst(JsonElement jwk) => jwk switch
    {
        { ValueKind: not JsonValueKind.Object } => "damaged",
        _ when TextOf(jwk, "kty") is var kind && kind != "RSA" => kind is "EC" or "OKP" or "oct" ? kind : "of another key type",
        // A published private key lets anyone sign tokens.
        _ when jwk.TryGetProperty("d", out _) => "with its private half",
        _ when TextOf(jwk, "use") is not (null or "sig") => "for encryption",
        _ when TextOf(jwk, "alg") is not (null or SecurityAlgorithms.RsaSha256) => "for another algorithm",
        _ when jwk.TryGetProperty("key_ops", out JsonElement uses) && !uses.EnumerateArray().Any(use => use.ValueEquals("verify")) => "not for verifying",
        _ => null,
    };

    private static string? TextOf(JsonElement jwk, string member) => jwk.TryGetProperty(member, out JsonElement text) ? text.GetString() : null;

    /// <summary>Reads a Base64urlUInt (RFC 7518, section 2), and removes the leading zeros that some issuers write.</summary>
    private static byte[] Number(JsonElement jwk, string member)
    {
        byte[] number = Base64Url.DecodeFromChars(TextOf(jwk, member));
        return number.AsSpan().TrimStart((byte)0).ToArray();
    }
}
