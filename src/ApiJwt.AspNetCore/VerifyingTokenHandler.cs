using System.Text.Json;
using ApiJwts.AspNetCore.Keys;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts.AspNetCore;

/// <summary>The place where the stock bearer handler asks <see cref="ApiJwt.Decode"/> for its verdict.</summary>
internal sealed class VerifyingTokenHandler(ApiJwt jwt, IKeySource? keySource, string scheme, ILogger logger) : TokenHandler
{
    private readonly KeyValuePair<string, object>[] _logScope = [new("AuthenticationScheme", scheme)];

    public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        KeySet keys = jwt.Keys.Current;
        DecodeResult result = Decode(token);
        return result.Failure == TokenFailure.InvalidSignature && keySource is { IsRemote: true }
            ? DecodeWithFreshKeysAsync(token, keys, result, keySource)
            : Task.FromResult(Answer(result));
    }

    private async Task<TokenValidationResult> DecodeWithFreshKeysAsync(string token, KeySet keys, DecodeResult result, IKeySource source)
    {
        // Another request may have brought the new keys while this one was looking at the old ones.
        if (jwt.Keys.Current == keys && NamesUnknownKey(token))
            await source.RefreshAsync().ConfigureAwait(false);
        return Answer(jwt.Keys.Current == keys ? result : Decode(token));
    }

    private DecodeResult Decode(string token)
    {
        using (logger.IsEnabled(LogLevel.Information) ? logger.BeginScope(_logScope) : null)
            return jwt.Decode(token);
    }

    private TokenValidationResult Answer(DecodeResult result) => result.IsValid
        ? new TokenValidationResult { IsValid = true, ClaimsIdentity = new VerifiedIdentity(result.Payload, scheme), SecurityToken = new VerifiedToken(result.Payload) }
        : new TokenValidationResult { IsValid = false, Exception = ExceptionFor(result) };

    /// <summary>What the scheme's events see: the types they know. It is not thrown.</summary>
    private static Exception ExceptionFor(DecodeResult result) => result.Failure switch
    {
        TokenFailure.Expired => new SecurityTokenExpiredException(result.Reason) { Expires = result.Moment.UtcDateTime },
        TokenFailure.NotYetValid => new SecurityTokenNotYetValidException(result.Reason) { NotBefore = result.Moment.UtcDateTime },
        TokenFailure.InvalidSignature => new SecurityTokenInvalidSignatureException(result.Reason),
        TokenFailure.InvalidAudience => new SecurityTokenInvalidAudienceException(result.Reason),
        TokenFailure.UnsupportedAlgorithm => new SecurityTokenInvalidAlgorithmException(result.Reason),
        _ => new SecurityTokenMalformedException(result.Reason),
    };

    /// <summary>Whether the header names a key that is not here. It was found to be strict JSON before its signature was looked at.</summary>
    private bool NamesUnknownKey(string token)
    {
        using JsonDocument header = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token[..token.IndexOf('.', StringComparison.Ordinal)]));
        return header.RootElement.TryGetProperty("kid", out JsonElement keyId) && !jwt.Keys.KeyIds.Contains(keyId.GetString(), StringComparer.Ordinal);
    }
}
