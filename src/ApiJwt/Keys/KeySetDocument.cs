using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>The keys of a JSON Web Key Set (RFC 7517) that can verify RS256, and why the others cannot.</summary>
/// <param name="Keys">The keys, in the order of their key ids: that of the set may differ from one answer to the next.</param>
/// <param name="Summary">How many keys there are, and what is wrong with those that are not used: <c>2 keys, none usable: 1 EC, 1 for encryption</c>.</param>
internal sealed record KeySetDocument(IReadOnlyList<PublishedKey> Keys, string Summary)
{
    /// <summary>A token that names none of them costs one operation for each.</summary>
    public const int MostKeys = 32;

    /// <exception cref="JsonException">The bytes are not a key set.</exception>
    public static KeySetDocument Parse(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json, StrictJson.Options);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("keys", out JsonElement all)
            || all.ValueKind != JsonValueKind.Array)
            throw new JsonException("The text is not a JSON Web Key Set: an object with an array 'keys'.");
        var keys = new List<PublishedKey>();
        var reasons = new List<string>();
        foreach (JsonElement element in all.EnumerateArray())
        {
            // A set may hold keys of other kinds for other purposes (RFC 7517, section 5), and a bad one must not keep out the good ones.
            if (Read(element, out string? reason) is { } key)
                keys.Add(key);
            else
                reasons.Add(reason!);
        }

        string others = string.Join(", ", reasons.GroupBy(reason => reason, StringComparer.Ordinal).Select(same => $"{same.Count()} {same.Key}"));
        int count = keys.Count + reasons.Count;
        string summary = $"{count} {(count == 1 ? "key" : "keys")}, {(keys.Count == 0 ? "none" : keys.Count)} usable{(others.Length > 0 ? $": {others}" : "")}";
        return new KeySetDocument([.. keys.OrderBy(key => key.PublicKey.KeyId, StringComparer.Ordinal)], summary);
    }

    private static PublishedKey? Read(JsonElement key, out string? reason)
    {
        try
        {
            reason = ReasonAgainst(key);
            if (reason is not null)
                return null;
            var publicKey = new RsaPublicKey(new RSAParameters { Modulus = Number(key, "n"), Exponent = Number(key, "e") });
            // Of 32 slow keys, each would be tried for a token that names none.
            reason = KeyStrength.FaultOf(publicKey) is not null ? "unfit for RS256" : KeyStrength.IsSlow(publicKey) ? "too large to be fetched" : null;
            if (reason is null)
                return new PublishedKey(publicKey, TextOf(key, "kid"));
        }
        // InvalidOperationException: a string with a lone surrogate, or a number where a string belongs.
        catch (Exception fault) when (fault is FormatException or InvalidOperationException)
        {
            reason = "damaged";
        }

        return null;
    }

    /// <summary>Why the key is for something else; <see langword="null"/> if it is for RS256.</summary>
    private static string? ReasonAgainst(JsonElement key) => key switch
    {
        { ValueKind: not JsonValueKind.Object } => "damaged",
        _ when TextOf(key, "kty") is var kind && kind != "RSA" => kind is "EC" or "OKP" or "oct" ? kind : "of another kind",
        // Anyone who reads the set could sign with this key.
        _ when key.TryGetProperty("d", out _) => "with its private half",
        _ when TextOf(key, "use") is not (null or "sig") => "for encryption",
        _ when TextOf(key, "alg") is not (null or SecurityAlgorithms.RsaSha256) => "for another algorithm",
        _ when key.TryGetProperty("key_ops", out JsonElement uses) && !uses.EnumerateArray().Any(use => use.ValueEquals("verify")) => "not for verifying",
        _ => null,
    };

    private static string? TextOf(JsonElement key, string member) => key.TryGetProperty(member, out JsonElement text) ? text.GetString() : null;

    /// <summary>A Base64urlUInt (RFC 7518, section 2), without the zeros that some issuers put before it.</summary>
    private static byte[] Number(JsonElement key, string member)
    {
        byte[] number = Base64Url.DecodeFromChars(TextOf(key, member));
        return number.AsSpan().TrimStart((byte)0).ToArray();
    }
}
