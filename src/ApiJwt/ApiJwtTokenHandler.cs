using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>Encodes and decodes tokens for an <see cref="ApiJwt"/>, and verifies them for software that accepts a token handler of IdentityModel.</summary>
/// <remarks>Thread-safe. It applies the settings of the <see cref="ApiJwt"/>, and uses only the authentication type and the names of claim types from the validation parameters.</remarks>
internal sealed class ApiJwtTokenHandler : TokenHandler
{
    private readonly KeyRing _keyRing;
    private readonly RevocationList _revocations;
    private readonly TokenIssuer _issuer;
    private readonly TokenVerifier _verifier;
    private readonly Telemetry _telemetry;
    private readonly ILogger _logger;

    public ApiJwtTokenHandler(ApiJwtOptions options, string className, PayloadPolicy policy, KeyRing keyRing, RevocationList revocations, ILogger logger)
    {
        _keyRing = keyRing;
        _revocations = revocations;
        _telemetry = new Telemetry(options.MeterFactory, className, keyRing, revocations);
        _issuer = new TokenIssuer(options, policy, keyRing, revocations, _telemetry, logger);
        _verifier = new TokenVerifier(options, policy, keyRing, revocations, _telemetry);
        _logger = logger;
        MaximumTokenSizeInBytes = options.MaxTokenLength;
    }

    public IssuedToken Issue(TokenRequest request)
    {
        using var cancel = new CancellationTokenSource();
        ValueTask<IssuedToken> issuing = IssueAsync(request, cancel.Token);
        if (issuing.IsCompleted)
            return issuing.GetAwaiter().GetResult();
        // Only the attempt shows that a signer is asynchronous. The token that it may still sign reaches no caller.
        cancel.Cancel();
        AbandonedTask.Observe(issuing.AsTask());
        throw new ApiJwtException("The key of this service signs asynchronously. Call EncodeAsync or IssueAsync instead of Encode or Issue.");
    }

    public ValueTask<IssuedToken> IssueAsync(TokenRequest request, CancellationToken cancel) => _issuer.IssueAsync(request, cancel);

    public DecodeResult Decode(string? token)
    {
        using Activity? activity = Telemetry.Start("ApiJwt.Decode");
        _keyRing.Fetcher?.FetchWhenDue();
        _revocations.Follower?.FetchWhenDue();
        Judgement judgement = _verifier.Judge(token);
        // Decode does not block, so only later tokens benefit from this fetch.
        if (judgement.MayBeOfNewKey)
            _ = _keyRing.Fetcher?.FetchAsync();
        return Report(judgement.Result, activity);
    }

    public async ValueTask<DecodeResult> DecodeAsync(string? token, CancellationToken cancel)
    {
        using Activity? activity = Telemetry.Start("ApiJwt.Decode");
        WaitLimit wait = WaitLimit.Start();
        KeySetFetcher? fetcher = _keyRing.Fetcher;
        if (fetcher is not null)
            await fetcher.CatchUpAsync(wait, cancel).ConfigureAwait(false);
        if (_revocations.Follower is { } follower)
            await follower.CatchUpAsync(wait, cancel).ConfigureAwait(false);
        EffectiveKeys keys = _keyRing.Current;
        Judgement judgement = _verifier.Judge(token);
        if (judgement.MayBeOfNewKey && fetcher is not null)
            judgement = await JudgeWithNewKeysAsync(judgement, token, fetcher, keys, wait, cancel).ConfigureAwait(false);
        return Report(judgement.Result, activity);
    }

    public bool Recognizes(string? token) => _verifier.Recognizes(token) == true;

    public async ValueTask<bool> RecognizesAsync(string? token, CancellationToken cancel)
    {
        EffectiveKeys keys = _keyRing.Current;
        bool? isRecognized = _verifier.Recognizes(token);
        if (isRecognized is null && _keyRing.Fetcher is { } fetcher)
            await fetcher.WaitUntilAsync(() => (isRecognized = _verifier.Recognizes(token)) == true, keys, WaitLimit.Start(), cancel).ConfigureAwait(false);
        return isRecognized == true;
    }

    public override SecurityToken ReadToken(string token) => new JsonWebToken(token);

    public override Task<TokenValidationResult> ValidateTokenAsync(SecurityToken token, TokenValidationParameters validationParameters) =>
        ValidateTokenAsync(token?.UnsafeToString() ?? "", validationParameters);

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        ArgumentNullException.ThrowIfNull(validationParameters);
        DecodeResult result = await DecodeAsync(token, CancellationToken.None).ConfigureAwait(false);
        return result.IsValid
            ? new TokenValidationResult
            {
                IsValid = true,
                ClaimsIdentity = new VerifiedIdentity(result.Payload, validationParameters),
                SecurityToken = new VerifiedToken(token, result.Payload),
            }
            : new TokenValidationResult { IsValid = false, Exception = ExceptionOf(result) };
    }

    /// <summary>The exception that the events of a bearer scheme get for a failure. It is not thrown.</summary>
    private static Exception ExceptionOf(DecodeResult result) => result.Failure switch
    {
        TokenFailure.Expired => new SecurityTokenExpiredException(result.Reason) { Expires = result.Moment.UtcDateTime },
        TokenFailure.NotYetValid => new SecurityTokenNotYetValidException(result.Reason) { NotBefore = result.Moment.UtcDateTime },
        TokenFailure.InvalidSignature => new SecurityTokenInvalidSignatureException(result.Reason),
        TokenFailure.InvalidIssuer => new SecurityTokenInvalidIssuerException(result.Reason),
        TokenFailure.InvalidAudience => new SecurityTokenInvalidAudienceException(result.Reason),
        TokenFailure.UnsupportedAlgorithm => new SecurityTokenInvalidAlgorithmException(result.Reason),
        TokenFailure.KeysUnavailable or TokenFailure.RevocationsUnavailable => new SecurityTokenSignatureKeyNotFoundException(result.Reason),
        TokenFailure.TooOld => new SecurityTokenInvalidLifetimeException(result.Reason),
        TokenFailure.Revoked or TokenFailure.SenderConstrained => new SecurityTokenValidationException(result.Reason),
        _ => new SecurityTokenMalformedException(result.Reason),
    };

    // Separate from DecodeAsync, so that tokens of known keys do not allocate the closure.
    private async Task<Judgement> JudgeWithNewKeysAsync(Judgement judgement, string? token, KeySetFetcher fetcher, EffectiveKeys keys, WaitLimit wait, CancellationToken cancel)
    {
        await fetcher.WaitUntilAsync(() => !(judgement = _verifier.Judge(token)).MayBeOfNewKey, keys, wait, cancel).ConfigureAwait(false);
        return judgement;
    }

    private DecodeResult Report(DecodeResult result, Activity? activity)
    {
        _telemetry.Decoded(result.Failure, activity);
        if (!result.IsValid)
            Log.TokenRefused(_logger, result.Failure, result.Reason);
        return result;
    }
}
