using System.Diagnostics.CodeAnalysis;

namespace ApiJwts;

/// <summary>The verdict on one token, with what it says if it is valid, and why it was refused if it is not.</summary>
/// <remarks>Immutable and thread-safe. Nothing of an earlier token is in it.</remarks>
public sealed class DecodeResult
{
    internal static readonly DecodeResult Missing = new(TokenFailure.Missing, "There is no token.");
    internal static readonly DecodeResult TooLong = new(TokenFailure.TooLong, "The token is longer than ApiJwtOptions.MaxTokenLength.");
    internal static readonly DecodeResult HeaderTooLong = new(TokenFailure.TooLong, "The header is longer than 4096 characters.");
    internal static readonly DecodeResult NotCompact = new(TokenFailure.Malformed, "The token is not three non-empty base64url parts with dots between them. Pass the whole token, without 'Bearer ', spaces or line breaks.");
    internal static readonly DecodeResult InvalidSignature = new(TokenFailure.InvalidSignature, "No key verifies the signature: the token is forged, changed, truncated, or signed with a key that this service does not have.");

    internal static readonly DecodeResult KeysUnavailable = new(TokenFailure.KeysUnavailable, "There is no key to verify with yet: the key set of ApiJwtOptions.JwksUri could not be fetched. The log says why.");
    internal static readonly DecodeResult OtherIssuer = new(TokenFailure.InvalidIssuer, "The claim 'iss' is not one of ApiJwtOptions.Issuers, or is missing.");
    internal static readonly DecodeResult NoAudience = new(TokenFailure.InvalidAudience, "The token has no claim 'aud', and this service requires one. Set ApiJwtOptions.Audience in the service that issues it as well.");
    internal static readonly DecodeResult OtherAudience = new(TokenFailure.InvalidAudience, "The claim 'aud' contains neither ApiJwtOptions.Audience nor one of AcceptedAudiences.");
    internal static readonly DecodeResult NoTimeOfIssue = new(TokenFailure.TooOld, "The token has no claim 'iat', and ApiJwtOptions.MaxAge is set. Call Policy.WriteIssuedAt in the class that issues it.");
    internal static readonly DecodeResult TooOld = new(TokenFailure.TooOld, "The token is older than ApiJwtOptions.MaxAge.");
    internal static readonly DecodeResult SenderConstrained = new(TokenFailure.SenderConstrained, "The token has a claim 'cnf', which binds it to a key of its sender, and this service does not check the binding. Set ApiJwtOptions.ChecksTokenBinding in a service that does.");
    internal static readonly DecodeResult Revoked = new(TokenFailure.Revoked, "The token was withdrawn.");
    internal static readonly DecodeResult RevocationsUnavailable = new(TokenFailure.RevocationsUnavailable, "The list of withdrawn tokens has not been loaded since the service started. The log says why.");
    internal static readonly DecodeResult UnexpectedAudience = new(TokenFailure.InvalidAudience, "The token has a claim 'aud', and this service has no ApiJwtOptions.Audience to compare it with.");

    internal DecodeResult(TokenFailure failure, string reason)
    {
        Failure = failure;
        Reason = reason;
    }

    internal DecodeResult(VerifiedPayload payload) => Payload = payload;

    /// <summary>Whether the token is genuine and valid now. Only then is there a <see cref="Payload"/>.</summary>
    [MemberNotNullWhen(true, nameof(Payload))]
    [MemberNotNullWhen(false, nameof(Reason))]
    public bool IsValid => Payload is not null;

    /// <summary>Whether the token is genuine and was valid once.</summary>
    [MemberNotNullWhen(true, nameof(Reason))]
    public bool IsExpired => Failure == TokenFailure.Expired;

    /// <summary>Whether the token is neither valid nor expired: there is none, it cannot be trusted, or it is not for here or not for now.</summary>
    [MemberNotNullWhen(true, nameof(Reason))]
    public bool IsBad => !IsValid && !IsExpired;

    /// <summary>Why the token was refused; <see cref="TokenFailure.None"/> if it was not.</summary>
    public TokenFailure Failure { get; }

    /// <summary>
    /// A sentence for the log of this service that says more than <see cref="Failure"/>; <see langword="null"/> if the token is valid. It
    /// may name a claim or a header member of this library's own, never anything that the token contains.
    /// </summary>
    public string? Reason { get; }

    /// <summary>What the token says; <see langword="null"/> unless it is valid.</summary>
    public VerifiedPayload? Payload { get; }

    /// <summary>The <c>exp</c> or <c>nbf</c> that the clock was compared with, if that is why a genuine token was refused.</summary>
    internal DateTimeOffset Moment { get; private init; }

    internal static DecodeResult Malformed(string reason) => new(TokenFailure.Malformed, reason);

    internal static DecodeResult NotYetValid(DateTimeOffset notBefore) =>
        new(TokenFailure.NotYetValid, "The token is not valid yet, by this service's clock.") { Moment = notBefore };

    internal static DecodeResult Expired(DateTimeOffset expiredAt) =>
        new(TokenFailure.Expired, "The token has expired, by this service's clock.") { Moment = expiredAt };
}
