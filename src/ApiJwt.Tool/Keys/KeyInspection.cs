namespace ApiJwts.Tool.Keys;

/// <summary>The keys and the faults that the library finds in a key text.</summary>
/// <param name="IsPrivate">Whether the text contains a private key.</param>
/// <param name="Keys">The keys; empty if there is a fault.</param>
/// <param name="Faults">The faults, in the words of the library; empty if the keys can be used.</param>
internal sealed record KeyInspection(bool IsPrivate, IReadOnlyList<InspectedKey> Keys, IReadOnlyList<string> Faults)
{
    public static KeyInspection Of(string text)
    {
        KeyInspection asPublic = OfPublic(text);
        if (asPublic.Faults.Count == 0)
            return asPublic;
        KeyInspection asPrivate = Try(new ApiJwtOptions { PrivateKey = text }, isPrivate: true);
        // Faults that both report lie in the text itself. The other faults only say that the key is of the other kind.
        string[] common = [.. asPublic.Faults.Intersect(asPrivate.Faults)];
        return common.Length == 0 ? asPrivate : asPublic with { Faults = common };
    }

    /// <summary>Checks a text that must contain public keys. A private key is a fault.</summary>
    public static KeyInspection OfPublic(string text) => Try(new ApiJwtOptions { PublicKeys = { text } }, isPrivate: false);

    /// <summary>Throws if a text is not a public key, and reports the faults of all texts at once.</summary>
    /// <exception cref="ApiJwtException">The message has a line for each fault, with the name of the text.</exception>
    public static void ThrowUnlessPublic(IEnumerable<KeyInput> inputs)
    {
        string[] faults = [.. inputs.SelectMany(input => OfPublic(input.Text).Faults.Select(fault => $"{input.Name}: {fault}"))];
        if (faults.Length > 0)
            throw new ApiJwtException(string.Join('\n', faults));
    }

    private static KeyInspection Try(ApiJwtOptions options, bool isPrivate)
    {
        try
        {
            return new KeyInspection(isPrivate, InspectedKey.AllOf(new VerifyingJwt(options)), []);
        }
        catch (KeyFormatException exception)
        {
            // The library puts the name of a setting before the colon. This tool has no setting.
            return new KeyInspection(isPrivate, [], [.. exception.Faults.Select(fault => fault[(fault.IndexOf(": ", StringComparison.Ordinal) + 2)..])]);
        }
    }
}
