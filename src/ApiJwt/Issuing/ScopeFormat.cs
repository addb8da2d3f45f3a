namespace ApiJwts;

/// <summary>How the scopes of a token stand on the wire.</summary>
public enum ScopeFormat
{
    /// <summary>In the claim <c>scopes</c>, joined by commas, as the Python library writes them.</summary>
    Comma = 0,

    /// <summary>In the claim <c>scope</c>, joined by blanks (RFC 8693, section 4.2; RFC 9068, section 2.2.3).</summary>
    Space = 1,

    /// <summary>In both claims.</summary>
    Both = 2,
}
