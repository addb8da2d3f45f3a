namespace ApiJwts;

/// <summary>The names of the claims that this library and the RFCs define.</summary>
internal static class ClaimNames
{
    public const string Issuer = "iss";
    public const string Subject = "sub";
    public const string Audience = "aud";
    public const string ExpiresAt = "exp";
    public const string NotBefore = "nbf";
    public const string IssuedAt = "iat";
    public const string TokenId = "jti";
    public const string Level = "level";
    public const string Factor = "factor";
    public const string Target = "target";
    public const string DoNotTrack = "dnt";
    public const string Scopes = "scopes";

    /// <summary>RFC 8693, section 4.2.</summary>
    public const string Scope = "scope";

    /// <summary>The name that some providers use instead of <see cref="Scope"/>.</summary>
    public const string ShortScope = "scp";

    /// <summary>RFC 7800, section 3.1: the key that the sender of the token must prove to possess.</summary>
    public const string Confirmation = "cnf";

    /// <summary>The names that an extra must not have. Case is ignored, because some readers of tokens treat <c>Exp</c> as <c>exp</c>.</summary>
    public static readonly HashSet<string> Reserved = new(
        [
            Issuer, Subject, Audience, ExpiresAt, NotBefore, IssuedAt, TokenId, Level, Factor, Target, DoNotTrack, Scopes, Scope, ShortScope,
            Confirmation,
        ],
        StringComparer.OrdinalIgnoreCase);
}
