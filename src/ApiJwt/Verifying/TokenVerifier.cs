using System.Buffers;
using System.Text;

namespace ApiJwts;

/// <summary>Verifies a token. Only the cache keeps data of a token, and only of a valid one.</summary>
internal sealed class TokenVerifier(ApiJwtOptions options, PayloadPolicy policy, KeyRing keyRing, RevocationList revocations, Telemetry telemetry)
{
    // The header is parsed before the signature is verified. The limit bounds the work that an attacker can cause.
    private const int MaxHeaderLength = 4096;

    private readonly TimeProvider _time = options.TimeProvider;
    private readonly TimeSpan _clockSkew = options.ClockSkew;
    private readonly TimeSpan? _maxAge = options.MaxAge;
    private readonly HeaderReader _headers = new(new TokenTypes(options.AcceptedTokenTypes.Prepend(options.TokenType)));
    private readonly string[] _issuers = [.. options.Issuers];
    private readonly string[] _audiences = options.Audience is null ? [.. options.AcceptedAudiences] : [options.Audience, .. options.AcceptedAudiences];
    private readonly bool _requiresAudience = options.RequireAudience;
    private readonly bool _requiresSubject = !options.AllowMissingSubject;
    private readonly bool _checksTokenBinding = options.ChecksTokenBinding;
    private readonly int _maxTokenLength = options.MaxTokenLength;

    /// <summary>Verifies a token. The order of the checks is length, form, header, key, signature, claims, issuer, audience, time, revocation.</summary>
    public Judgement Judge(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return DecodeResult.Missing;
        if (token.Length > _maxTokenLength)
            return DecodeResult.TooLong;

        byte[] ascii = ArrayPool<byte>.Shared.Rent(token.Length);
        byte[]? json = null;
        try
        {
            if (Ascii.FromUtf16(token, ascii, out int length) != OperationStatus.Done || !CompactToken.TryParse(ascii.AsSpan(0, length), out CompactToken parts))
                return DecodeResult.NotCompact;

            // Read once: if the keys change during this decode, its result goes into the cache of the old keys.
            EffectiveKeys keys = keyRing.Current;
            TokenDigest digest = keys.Cache is null ? default : TokenDigest.Of(ascii.AsSpan(0, length));
            DecodeResult? known = keys.Cache?.Find(digest);
            VerifiedPayload? payload = known?.Payload;
            if (payload is null)
            {
                if (parts.Header.Length > MaxHeaderLength)
                    return DecodeResult.HeaderTooLong;
                json = ArrayPool<byte>.Shared.Rent(CompactToken.DecodedLength(ascii.AsSpan(0, length)));
                if (_headers.FindRefusal(parts.Header, json, out string? keyId) is { } refusal)
                    return refusal;
                if (keys.VerificationKeys.Count == 0 && keyRing.Fetcher is { HasHadKeys: false })
                    return ClaimsAcceptedIssuer(parts, json) ? new Judgement(DecodeResult.KeysUnavailable, MayBeOfNewKey: true) : DecodeResult.InvalidSignature;
                KeyMatch match = MatchOf(parts, ascii, keys, keyId);
                if (match != KeyMatch.Good)
                    return new Judgement(DecodeResult.InvalidSignature, MayBeOfNewKey: match == KeyMatch.Unknown && keyRing.Fetcher is not null && ClaimsAcceptedIssuer(parts, json));
                payload = PayloadReader.Read(json.AsSpan(0, CompactToken.Decode(parts.Payload, json)), policy, _requiresSubject, out string? fault);
                if (payload is null)
                    return DecodeResult.Malformed(fault!);
                if (payload.IsSenderConstrained && !_checksTokenBinding)
                    return DecodeResult.SenderConstrained;
                if ((JudgeIssuer(payload) ?? JudgeAudience(payload)) is { } wrongRecipient)
                    return wrongRecipient;
            }

            if (JudgeTime(payload) is { } untimely)
                return untimely;
            if (revocations.Judge(payload) is { } revoked)
                return revoked;
            if (known is not null)
            {
                telemetry.CacheHit();
                return known;
            }

            var result = new DecodeResult(payload);
            keys.Cache?.Add(digest, result);
            return result;
        }
        finally
        {
            // Cleared, so that the next renter of the buffers cannot read the bearer token.
            ArrayPool<byte>.Shared.Return(ascii, clearArray: true);
            if (json is not null)
                ArrayPool<byte>.Shared.Return(json, clearArray: true);
        }
    }

    /// <summary>Whether a token appears to be for these keys and issuers; <see langword="null"/> if this depends on a key that has not been fetched yet.</summary>
    public bool? Recognizes(string? token)
    {
        if (token is null || token.Length > _maxTokenLength)
            return false;
        byte[] ascii = new byte[token.Length];
        byte[] json = new byte[token.Length];
        if (Ascii.FromUtf16(token, ascii, out _) != OperationStatus.Done
            || !CompactToken.TryParse(ascii, out CompactToken parts)
            || parts.Header.Length > MaxHeaderLength
            || _headers.FindRefusal(parts.Header, json, out string? keyId) is not null)
            return false;
        if (_issuers.Length > 0)
            return ClaimsAcceptedIssuer(parts, json);
        EffectiveKeys keys = keyRing.Current;
        if (keys.Cache?.Find(TokenDigest.Of(ascii)) is not null)
            return true;
        // Another provider may publish a key with the same id, so a known kid does not suffice.
        return (keyId is null || keys.Knows(keyId) ? MatchOf(parts, ascii, keys, keyId) : KeyMatch.Unknown) switch
        {
            KeyMatch.Good => true,
            KeyMatch.Unknown when keyRing.Fetcher is not null => null,
            _ => false,
        };
    }

    private static KeyMatch MatchOf(CompactToken parts, byte[] ascii, EffectiveKeys keys, string? keyId)
    {
        byte[] signature = new byte[CompactToken.DecodedLength(parts.Signature)];
        CompactToken.Decode(parts.Signature, signature);
        return keys.Verify(keyId, ascii, parts.SigningInputLength, signature);
    }

    /// <summary>Whether the unverified <c>iss</c> claim is an accepted issuer. Use it only to decide whether to fetch keys or to select a class, never to accept a token.</summary>
    private bool ClaimsAcceptedIssuer(CompactToken parts, byte[] json) =>
        _issuers.Length == 0 || (UnverifiedIssuer.Read(json.AsSpan(0, CompactToken.Decode(parts.Payload, json))) is { } issuer && _issuers.Contains(issuer));

    private DecodeResult? JudgeIssuer(VerifiedPayload payload) =>
        _issuers.Length == 0 || _issuers.Contains(payload.Issuer) ? null : DecodeResult.OtherIssuer;

    private DecodeResult? JudgeAudience(VerifiedPayload payload) => payload.Audiences switch
    {
        null => _audiences.Length > 0 && _requiresAudience ? DecodeResult.NoAudience : null,
        _ when _audiences.Length == 0 => DecodeResult.UnexpectedAudience,
        { } claimed when claimed.Any(_audiences.Contains) => null,
        _ => DecodeResult.OtherAudience,
    };

    private DecodeResult? JudgeTime(VerifiedPayload payload)
    {
        // Comparing differences avoids an overflow: adding the skew to a time at the end of the year 9999 would throw.
        DateTimeOffset now = _time.GetUtcNow();
        return payload.NotBefore - now > _clockSkew ? DecodeResult.NotYetValid(payload.NotBefore)
            : now - payload.ExpiresAt >= _clockSkew ? DecodeResult.Expired(payload.ExpiresAt)
            : _maxAge is { } maxAge ? JudgeAge(payload.IssuedAt, now, maxAge)
            : null;
    }

    private DecodeResult? JudgeAge(DateTimeOffset? issuedAt, DateTimeOffset now, TimeSpan maxAge) =>
        issuedAt is not { } moment ? DecodeResult.NoIssuedAt
        : moment - now > _clockSkew && moment - now >= IssueTime.Resolution ? DecodeResult.NotYetValid(moment)
        : now - moment > maxAge + _clockSkew ? DecodeResult.TooOld
        : null;
}
