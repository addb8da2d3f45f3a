namespace ApiJwts;

/// <summary>Why a token was refused: the first check that it failed, in the order that <see cref="ApiJwt.Decode"/> names.</summary>
/// <remarks>A later version may add members. Treat one that you do not know as a refusal.</remarks>
public enum TokenFailure
{
    /// <summary>The token is valid.</summary>
    None = 0,

    /// <summary>There was no token: <see langword="null"/> or an empty text.</summary>
    Missing = 1,

    /// <summary>
    /// The token is longer than <see cref="ApiJwtOptions.MaxTokenLength"/>, or its header alone longer than 4096 characters. Neither
    /// was decoded.
    /// </summary>
    TooLong = 2,

    /// <summary>
    /// The token is not in JWS Compact Serialization, its JSON is not strict, or a claim is missing or not of its type. Claims are
    /// looked at only once the signature is found good.
    /// </summary>
    Malformed = 3,

    /// <summary>The header names another algorithm than <c>RS256</c>, or none.</summary>
    UnsupportedAlgorithm = 4,

    /// <summary>
    /// The header asks for something this library does not do, so that ignoring it would misread the token: <c>crit</c>, <c>b64</c>,
    /// <c>zip</c>, <c>enc</c>, or a <c>typ</c> that is not among the accepted types (RFC 8725, section 3.11).
    /// </summary>
    UnsupportedHeader = 5,

    /// <summary>No key of <see cref="ApiJwt.Keys"/> fits the signature: the token is forged, changed, or signed with another key.</summary>
    InvalidSignature = 6,

    /// <summary>
    /// The token is not meant for this service: its <c>aud</c> claim contains neither <see cref="ApiJwtOptions.Audience"/> nor one of
    /// <see cref="ApiJwtOptions.AcceptedAudiences"/>, or it has one and no audience is set (RFC 7519, section 4.1.3).
    /// </summary>
    InvalidAudience = 7,

    /// <summary>The token is genuine, but its <c>nbf</c>, or its <c>iat</c> where <see cref="ApiJwtOptions.MaxAge"/> is set, is still to come.</summary>
    NotYetValid = 8,

    /// <summary>The token is genuine, but its <c>exp</c> has come. Equal to now is expired.</summary>
    Expired = 9,

    /// <summary>
    /// There is no key to verify with, because the key set of <see cref="ApiJwtOptions.JwksUri"/> could not be fetched even once. The
    /// token may be good: answer 503 and not 401.
    /// </summary>
    KeysUnavailable = 10,

    /// <summary>The token is genuine, but its <c>iss</c> is not one of <see cref="ApiJwtOptions.Issuers"/>.</summary>
    InvalidIssuer = 11,

    /// <summary>
    /// The token is genuine and has not expired, but it is older than <see cref="ApiJwtOptions.MaxAge"/>, or does not say when it was issued.
    /// </summary>
    TooOld = 12,

    /// <summary>
    /// The token is bound to a key of its sender (<c>cnf</c>, RFC 7800), and this service does not check that. To accept it as a bearer
    /// token would make the binding worthless; see <see cref="ApiJwtOptions.ChecksTokenBinding"/>.
    /// </summary>
    SenderConstrained = 13,

    /// <summary>The token is genuine and has not expired, but it was withdrawn; see <see cref="ApiJwt.Revocations"/>.</summary>
    Revoked = 14,

    /// <summary>
    /// Whether the token was withdrawn cannot be said: the list of withdrawn tokens was never loaded since the service started. The token
    /// may be good: answer 503 and not 401.
    /// </summary>
    RevocationsUnavailable = 15,
}
