namespace ApiJwts;

/// <summary>Why a token was refused: the first check that failed, in the order that <see cref="ApiJwt.Decode"/> lists.</summary>
/// <remarks>Later versions may add members. Treat unknown members as a refusal.</remarks>
public enum TokenFailure
{
    /// <summary>The token is valid.</summary>
    None = 0,

    /// <summary>The token is <see langword="null"/> or empty.</summary>
    Missing = 1,

    /// <summary>
    /// The token is longer than <see cref="ApiJwtOptions.MaxTokenLength"/>, or its header is longer than 4096 characters. The token was not
    /// decoded.
    /// </summary>
    TooLong = 2,

    /// <summary>
    /// The token is not in JWS Compact Serialization, its JSON is not strict, or a claim is missing or has the wrong type. Claims are
    /// checked only after the signature was verified.
    /// </summary>
    Malformed = 3,

    /// <summary>The algorithm (<c>alg</c>) in the header is not <c>RS256</c>, or is missing.</summary>
    UnsupportedAlgorithm = 4,

    /// <summary>
    /// The header has a parameter that this library does not implement and must not ignore (<c>crit</c>, <c>b64</c>, <c>zip</c> or
    /// <c>enc</c>), or its <c>typ</c> is not an accepted type (RFC 8725, section 3.11).
    /// </summary>
    UnsupportedHeader = 5,

    /// <summary>No key of <see cref="ApiJwt.Keys"/> verifies the signature: the token is forged, changed, or signed with another key.</summary>
    InvalidSignature = 6,

    /// <summary>
    /// The token is not for this service (RFC 7519, section 4.1.3): its <c>aud</c> claim contains neither
    /// <see cref="ApiJwtOptions.Audience"/> nor one of <see cref="ApiJwtOptions.AcceptedAudiences"/>, it has no <c>aud</c> and
    /// <see cref="ApiJwtOptions.RequireAudience"/> is set, or it has one and this service accepts no audience.
    /// </summary>
    InvalidAudience = 7,

    /// <summary>The token is genuine, but its <c>nbf</c> is in the future, or its <c>iat</c> is in the future and <see cref="ApiJwtOptions.MaxAge"/> is set.</summary>
    NotYetValid = 8,

    /// <summary>The token is genuine, but it has expired: its <c>exp</c> is now or earlier.</summary>
    Expired = 9,

    /// <summary>
    /// There is no key to verify the token, because the key set of <see cref="ApiJwtOptions.JwksUri"/> has not been fetched yet. The token may
    /// be valid: respond with 503, not with 401.
    /// </summary>
    KeysUnavailable = 10,

    /// <summary>The token is genuine, but its <c>iss</c> is not one of <see cref="ApiJwtOptions.Issuers"/>.</summary>
    InvalidIssuer = 11,

    /// <summary>
    /// The token is genuine and has not expired, but it is older than <see cref="ApiJwtOptions.MaxAge"/>, or it has no <c>iat</c>.
    /// </summary>
    TooOld = 12,

    /// <summary>
    /// The token is bound to a key of its sender (<c>cnf</c>, RFC 7800), and this service does not check the binding. Accepting it as a bearer
    /// token would remove the protection; see <see cref="ApiJwtOptions.ChecksTokenBinding"/>.
    /// </summary>
    SenderConstrained = 13,

    /// <summary>The token is genuine and has not expired, but it was revoked; see <see cref="ApiJwt.Revocations"/>.</summary>
    Revoked = 14,

    /// <summary>
    /// The list of revoked tokens has not been loaded since the service started, so the token cannot be checked against it. The token may
    /// be valid: respond with 503, not with 401.
    /// </summary>
    RevocationsUnavailable = 15,
}
