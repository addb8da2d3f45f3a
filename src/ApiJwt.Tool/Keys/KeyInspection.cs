namespace ApiJwts.Tool.Keys;

/// <summary>What the library finds in a key text.</summary>
/// <param name="IsPrivate">Whether the text holds a private key.</param>
/// <param name="Keys">The keys; empty if there is a fault.</param>
/// <param name="Faults">What is wrong, in the library's words; empty if the keys can be used.</param>
internal sealed record KeyInspection(bool IsPrivate, IReadOnlyList<InspectedKey> Keys, IReadOnlyList<string> Faults)
{
    public static KeyInspection Of(string text)
    {
        KeyInspection asPublic = OfPublic(text);
        if (asPublic.Faults.Count == 0)
            return asPublic;
        KeyInspection asPrivate = Try(new ApiJwtOptions { PrivateKey = text }, isPrivate: true);
        // What both find is wrong with the text itself. The rest says only that a key of the other kind belongs there.
        string[] common = [.. asPublic.Faults.Intersect(asPrivate.Faults)];
        return common.Length == 0 ? asPrivate : asPublic with { Faults = common };
    }

    /// <summary>Takes a private key for a fault.</summary>
    public static KeyInspection OfPublic(string text) => Try(new ApiJwtOptions { PublicKeys = { text } }, isPrivate: false);

    /// <summary>Refuses all texts at once of which one is no public key.</summary>
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
            // The setting stands before the colon, and there is none here.
            return new KeyInspection(isPrivate, [], [.. exception.Faults.Select(fault => fault[(fault.IndexOf(": ", StringComparison.Ordinal) + 2)..])]);
        }
    }
}
