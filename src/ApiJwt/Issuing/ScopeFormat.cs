namespace ApiJwts;

/// <summary>The claim, or the claims, that contain the scopes of a token.</summary>
public enum ScopeFormat
{
    /// <summary>The claim <c>scopes</c>, separated by commas, as in the Python library.</summary>
    Comma = 0,

    /// <summary>The claim <c>scope</c>, separated by spaces (RFC 8693, section 4.2; RFC 9068, section 2.2.3).</summary>
    Space = 1,

    /// <summary>Both claims.</summary>
    Both = 2,
}
