namespace ApiJwts;

/// <summary>The types of token (<c>typ</c>) that are accepted.</summary>
internal sealed class TokenTypes(IEnumerable<string> accepted)
{
    // RFC 7515, section 4.1.9: the prefix is left out of a media type without another slash, and case does not matter.
    private const string Prefix = "application/";

    private readonly string[] _accepted = [.. accepted.Select(Normalise)];

    /// <summary>Whether a token may leave its type out. It then counts as a <c>JWT</c>.</summary>
    public bool IsUnstatedAccepted => Accept("JWT");

    public bool Accept(string type) => Array.Exists(_accepted, known => known.Equals(Normalise(type), StringComparison.OrdinalIgnoreCase));

    private static string Normalise(string type) => type.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? type[Prefix.Length..] : type;
}
