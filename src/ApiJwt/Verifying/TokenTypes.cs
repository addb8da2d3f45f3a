namespace ApiJwts;

/// <summary>The accepted token types (<c>typ</c>).</summary>
internal sealed class TokenTypes(IEnumerable<string> accepted)
{
    // RFC 7515, section 4.1.9: the prefix may be omitted from a media type without another slash. Media types ignore case.
    private const string Prefix = "application/";

    private readonly string[] _accepted = [.. accepted.Select(Normalise)];

    /// <summary>Whether a token without a type is accepted. It is treated as a <c>JWT</c>.</summary>
    public bool IsMissingTypeAccepted => Accept("JWT");

    public bool Accept(string type) => Array.Exists(_accepted, known => known.Equals(Normalise(type), StringComparison.OrdinalIgnoreCase));

    private static string Normalise(string type) => type.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? type[Prefix.Length..] : type;
}
