using System.Diagnostics.CodeAnalysis;

namespace ApiJwts;

/// <summary>The result of decoding a token: its payload if it is valid, or the reason why it was refused.</summary>
/// <remarks>Immutable and thread-safe. Each decode returns its own result, without data of earlier tokens.</remarks>
public sealed class DecodeResult
{
    internal static readonly DecodeResult Missing = new(TokenFailure.Missing, "There is no token.");
    internal static readonly DecodeResult TooLong = new(TokenFailure.TooLong, "The token is longer than ApiJwtOptions.MaxTokenLength.");
    internal static readonly DecodeResult HeaderTooLong = new(TokenFailure.TooLong, "The header is longer than 4096 characters.");
    internal static readonly DecodeResult NotCompact = new(TokenFailure.Malformed, "The token is not three non-empty base64url parts with dots between them. Pass the whole token, without 'Bearer ', spaces or line breaks.");
    internal static readonly DecodeResult InvalidSignature = new(TokenFailure.InvalidSignature, "No key verifies the signature: the token is forged, changed, truncated, or signed with a key that this service does not have.");

    internal static readonly DecodeResult KeysUnavailable = new(TokenFailure.KeysUnavailable, "There is no key to verify with yet: the key set of ApiJwtOptions.JwksUri was not fetched. If a fetch failed, the log says why.");
    internal static readonly DecodeResult OtherIssuer = new(TokenFailure.InvalidIssuer, "The claim 'iss' is not one of ApiJwtOptions.Issuers, or is missing.");
    internal static readonly DecodeResult NoAudience = new(TokenFailure.InvalidAudience, "The token has no claim 'aud', and this service requires one. Set ApiJwtOptions.Audience in the service that issues it as well.");
    internal static readonly DecodeResult OtherAudience = new(TokenFailure.InvalidAudience, "The claim 'aud' contains neither ApiJwtOptions.Audience nor one of AcceptedAudiences.");
    internal static readonly DecodeResult NoIssuedAt = new(TokenFailure.TooOld, "The token has no claim 'iat', and ApiJwtOptions.MaxAge is set. Call Policy.WriteIssuedAt in the class that issues it.");
    internal static readonly DecodeResult TooOld = new(TokenFailure.TooOld, "The token is older than ApiJwtOptions.MaxAge.");
    internal static readonly DecodeResult SenderConstrained = new(TokenFailure.SenderConstrained, "The token has a claim 'cnf', which binds it to a key of its sender, and this service does not check the binding. Set ApiJwtOptions.ChecksTokenBinding in a service that does.");
    internal static readonly DecodeResult Revoked = new(TokenFailure.Revoked, "The token was revoked.");
    internal static readonly DecodeResult RevocationsUnavailable = new(TokenFailure.RevocationsUnavailable, "The list of revoked tokens has not been loaded since the service started. The log says why.");
    internal static readonly DecodeResult UnexpectedAudience = new(TokenFailure.InvalidAudience, "The token has a claim 'aud', and this service has no ApiJwtOptions.Audience to compare it with.");

    internal DecodeResult(TokenFailure failure, string reason)
    {
        Failure = failure;
        Reason = reason;
    }

    internal DecodeResult(VerifiedPayload payload) => Payload = payload;

    /// <summary>Whether the token is valid. If it is, <see cref="Payload"/> is not <see langword="null"/>.</summary>
    [MemberNotNullWhen(true, nameof(Payload))]
    [MemberNotNullWhen(false, nameof(Reason))]
    public bool IsValid => Payload is not null;

    /// <summary>Whether the token has a valid signature but has expired.</summary>
    [MemberNotNullWhen(true, nameof(Reason))]
    public bool IsExpired => Failure == TokenFailure.Expired;

    /// <summary>Whether the token is neither valid nor expired: it is missing, forged, malformed, not yet valid, revoked, or not for this service. It is also
    /// <see langword="true"/> if the token cannot be verified at the moment (<see cref="TokenFailure.KeysUnavailable"/>,
    /// <see cref="TokenFailure.RevocationsUnavailable"/>).</summary>
    [MemberNotNullWhen(true, nameof(Reason))]
    public bool IsBad => !IsValid && !IsExpired;

    /// <summary>Why the token was refused; <see cref="TokenFailure.None"/> if it is valid.</summary>
    public TokenFailure Failure { get; }

    /// <summary>
    /// Explains <see cref="Failure"/> for the log of this service; <see langword="null"/> if the token is valid. It may name a claim or a header
    /// parameter that this library knows, but contains no text from the token.
    /// </summary>
    public string? Reason { get; }

    /// <summary>The claims of the token; <see langword="null"/> unless it is valid.</summary>
    public VerifiedPayload? Payload { get; }

    /// <summary>The claim that made the token expired or not yet valid: its <c>exp</c>, <c>nbf</c> or <c>iat</c>.</summary>
    internal DateTimeOffset Moment { get; private init; }

    internal static DecodeResult Malformed(string reason) => new(TokenFailure.Malformed, reason);

    internal static DecodeResult NotYetValid(DateTimeOffset notBefore) =>
        new(TokenFailure.NotYetValid, "The token is not valid yet, by this service's clock.") { Moment = notBefore };

    internal static DecodeResult Expired(DateTimeOffset expiredAt) =>
        new(TokenFailure.Expired, "The token has expired, by this service's clock.") { Moment = expiredAt };
}
