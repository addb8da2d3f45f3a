using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace ApiJwts;

/// <summary>The way of a token from text to verdict: length, form, header, signature, claims, audience, time.</summary>
internal sealed class TokenVerifier
{
    private static readonly DecodeResult NotStrict = DecodeResult.Malformed("The token's JSON is not strict.");
    private static readonly DecodeResult NoAudience = new(TokenFailure.InvalidAudience, "The token has no claim 'aud', and this service requires one. Set ApiJwtOptions.Audience in the service that issues it as well.");
    private static readonly DecodeResult OtherAudience = new(TokenFailure.InvalidAudience, "The claim 'aud' does not contain ApiJwtOptions.Audience.");
    private static readonly DecodeResult UnexpectedAudience = new(TokenFailure.InvalidAudience, "The token has a claim 'aud', and this service has no ApiJwtOptions.Audience to compare it with.");

    // Nothing in a header is trusted before the signature is checked, so a stranger must not be able to make much work with it.
    private const int MaxHeaderLength = 4096;

    private readonly PayloadPolicy _policy;
    private readonly KeyRing _keys;
    private readonly Telemetry _telemetry;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly TimeSpan _clockSkew;
    private readonly string? _audience;
    private readonly int _maxTokenLength;

    public TokenVerifier(ApiJwtOptions options, PayloadPolicy policy, KeyRing keys, Telemetry telemetry, ILogger logger)
    {
        _policy = policy;
        _keys = keys;
        _telemetry = telemetry;
        _logger = logger;
        _time = options.TimeProvider;
        _clockSkew = options.ClockSkew;
        _audience = options.Audience;
        _maxTokenLength = options.MaxTokenLength;
    }

    public DecodeResult Verify(string? token)
    {
        _policy.Freeze();
        using Activity? activity = Telemetry.Start("ApiJwt.Decode");
        DecodeResult result = Judge(token);
        _telemetry.Decoded(result.Failure, activity);
        if (!result.IsValid)
            Log.TokenRefused(_logger, result.Failure, result.Reason);
        return result;
    }

    private DecodeResult Judge(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return DecodeResult.Missing;
        if (token.Length > _maxTokenLength)
            return DecodeResult.TooLong;

        byte[] ascii = ArrayPool<byte>.Shared.Rent(token.Length);
        try
        {
            if (Ascii.FromUtf16(token, ascii, out int length) != OperationStatus.Done
                || !CompactToken.TryParse(ascii.AsSpan(0, length), out CompactToken parts))
                return DecodeResult.NotCompact;
            if (parts.Header.Length > MaxHeaderLength)
                return DecodeResult.HeaderTooLong;
            // One look at the ring: a key change during this decode finds another cache to fill.
            KeySet keys = _keys.Current;
            return keys.Cache is null
                ? JudgeTime(JudgeNew(parts, ascii, keys))
                : JudgeOnce(parts, ascii, keys, keys.Cache);
        }
        finally
        {
            // Cleared: a bearer token is not for the next one who rents this.
            ArrayPool<byte>.Shared.Return(ascii, clearArray: true);
        }
    }

    private DecodeResult JudgeOnce(CompactToken parts, byte[] ascii, KeySet keys, VerifiedTokenCache cache)
    {
        TokenDigest digest = TokenDigest.Of(ascii.AsSpan(0, parts.Length));
        if (cache.TryGet(digest, out DecodeResult? known))
        {
            _telemetry.CacheHit();
            return JudgeTime(known!);
        }

        DecodeResult result = JudgeTime(JudgeNew(parts, ascii, keys));
        if (result.IsValid)
            cache.Add(digest, result);
        return result;
    }

    /// <summary>Everything but the time, which alone can change between two looks at one token.</summary>
    private DecodeResult JudgeNew(CompactToken parts, byte[] ascii, KeySet keys)
    {
        byte[] json = ArrayPool<byte>.Shared.Rent(Math.Max(CompactToken.DecodedLength(parts.Header), CompactToken.DecodedLength(parts.Payload)));
        try
        {
            int headerLength = CompactToken.Decode(parts.Header, json);
            if (TokenHeader.FindRefusal(json.AsSpan(0, headerLength), out string? keyId) is { } refusal)
                return refusal;

            byte[] signature = new byte[CompactToken.DecodedLength(parts.Signature)];
            CompactToken.Decode(parts.Signature, signature);
            if (!keys.Verify(keyId, ascii, parts.SigningInputLength, signature))
                return DecodeResult.InvalidSignature;

            int payloadLength = CompactToken.Decode(parts.Payload, json);
            VerifiedPayload? payload = PayloadReader.Read(json.AsSpan(0, payloadLength), _policy, out string? fault);
            if (payload is null)
                return DecodeResult.Malformed(fault!);
            return JudgeAudience(payload) ?? new DecodeResult(payload);
        }
        // The platform's reader gets to see no text that it refuses. Should it ever, that is no reason to throw at a caller.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return NotStrict;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(json, clearArray: true);
        }
    }

    private DecodeResult? JudgeAudience(VerifiedPayload payload) => (_audience, payload.Audiences) switch
    {
        (null, null) => null,
        (null, _) => UnexpectedAudience,
        (_, null) => NoAudience,
        (_, { } claimed) when claimed.Contains(_audience, StringComparer.Ordinal) => null,
        _ => OtherAudience,
    };

    private DecodeResult JudgeTime(DecodeResult result)
    {
        if (result.Payload is not { } payload)
            return result;
        // Differences, because neither the clock nor a claim at the end of year 9999 has room for a skew.
        DateTimeOffset now = _time.GetUtcNow();
        return payload.NotBefore - now > _clockSkew ? DecodeResult.NotYetValid(payload.NotBefore)
            : now - payload.ExpiresAt >= _clockSkew ? DecodeResult.Expired(payload.ExpiresAt)
            : result;
    }
}
