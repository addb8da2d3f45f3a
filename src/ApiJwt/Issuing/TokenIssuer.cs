using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace ApiJwts;

/// <summary>Issues signed tokens for requests that the policy allows.</summary>
internal sealed class TokenIssuer(ApiJwtOptions options, PayloadPolicy policy, KeyRing keyRing, RevocationList revocations, Telemetry telemetry, ILogger logger)
{
    // nginx and other proxies limit a header line to 8 KB by default, which includes the name and the scheme.
    private const int ProxyLimit = 7000;

    private static readonly DateTimeOffset LatestExpiry = DateTimeOffset.FromUnixTimeSeconds(NumericDate.Latest);

    private readonly TimeProvider _time = options.TimeProvider;
    private readonly TimeSpan _timeToLive = options.TimeToLive;
    private readonly TimeSpan _maxTimeToLive = options.MaxTimeToLive;
    private readonly string? _audience = options.Audience;
    private readonly string _type = options.TokenType;
    private readonly bool _writesKeyId = options.WriteKeyId;
    private readonly int _maxTokenLength = options.MaxTokenLength;
    private int _hasLoggedLongToken;
    private int _hasLoggedRevokedToken;

    /// <summary>Issues a token. Completes synchronously if the signing key does.</summary>
    public async ValueTask<IssuedToken> IssueAsync(TokenRequest request, CancellationToken cancel)
    {
        SigningKey signingKey = keyRing.Current.SigningKey
            ?? throw new ApiJwtException($"There is no private key to sign with. Set {options.NameOf(nameof(options.PrivateKey), ApiJwtOptions.PrivateKeyVariable)}.");
        PolicyRules rules = policy.Freeze();
        using Activity? activity = Telemetry.Start("ApiJwt.Encode");
        try
        {
            PolicyKey policyKey = rules.ResolvePolicyKey(request.Key);
            DateTimeOffset expiresAt = ExpiryOf(request);
            string? tokenId = rules.WritesTokenId ? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)) : null;
            byte[] header = CompactJws.WriteHeader(signingKey, _type, _writesKeyId);
            byte[] payload = WritePayload(request, rules, policyKey, expiresAt, tokenId);
            CheckLength(CompactJws.LengthOf(header, payload, signingKey), payload, policyKey.Name);
            string text = await CompactJws.SignAsync(header, payload, signingKey, cancel).ConfigureAwait(false);
            Log.Issued(logger, signingKey.PublicKey.KeyId);
            if (text.Length > ProxyLimit && Interlocked.Exchange(ref _hasLoggedLongToken, 1) == 0)
                Log.LongToken(logger, text.Length);
            if (!rules.WritesIssuedAt && _hasLoggedRevokedToken == 0 && revocations.IncludesTokensWithoutIssuedAt(request.Subject) && Interlocked.Exchange(ref _hasLoggedRevokedToken, 1) == 0)
                Log.IssuedRevokedToken(logger);
            telemetry.Issued(policyKey.Name, activity);
            return new IssuedToken(text, tokenId, expiresAt);
        }
        catch (PolicyViolationException violation)
        {
            Log.RequestRefused(logger, rules.Knows(violation.Claim) ? violation.Claim : "(undeclared)");
            throw;
        }
    }

    private byte[] WritePayload(TokenRequest request, PolicyRules rules, PolicyKey policyKey, DateTimeOffset expiresAt, string? tokenId)
    {
        if (string.IsNullOrEmpty(request.Subject) || !UnicodeText.IsWellFormed(request.Subject))
            throw new PolicyViolationException("The subject must be a non-empty string without lone surrogates. Set TokenRequest.Subject.", ClaimNames.Subject);
        return CompactJws.WriteObject(json =>
        {
            json.WriteString(ClaimNames.Issuer, policyKey.Issuer);
            json.WriteString(ClaimNames.Subject, request.Subject);
            json.WriteNumber(ClaimNames.ExpiresAt, expiresAt.ToUnixTimeSeconds());
            if (rules.WritesIssuedAt)
                json.WriteNumber(ClaimNames.IssuedAt, revocations.TimeOfIssue(request.Subject, _time.GetUtcNow()).ToUnixTimeSeconds());
            if (tokenId is not null)
                json.WriteString(ClaimNames.TokenId, tokenId);
            foreach ((string claim, string value) in rules.Resolve(request, policyKey.Name, _audience))
                json.WriteString(claim, value);
        });
    }

    private void CheckLength(int length, byte[] payload, string policyKey)
    {
        if (length <= _maxTokenLength)
            return;
        using JsonDocument json = JsonDocument.Parse(payload);
        string longest = json.RootElement.EnumerateObject().MaxBy(claim => claim.Value.GetRawText().Length).Name;
        throw new PolicyViolationException($"The token would have {length} characters, and ApiJwtOptions.MaxTokenLength is {_maxTokenLength}. Request fewer or shorter values, or raise MaxTokenLength in every service.", longest, policyKey: policyKey);
    }

    private DateTimeOffset ExpiryOf(TokenRequest request)
    {
        // A TimeProvider may return local time, whose range ends at another instant than that of UTC.
        DateTimeOffset now = _time.GetUtcNow().ToUniversalTime();
        TimeSpan timeToLive = request.TimeToLive ?? _timeToLive;
        if (timeToLive > _maxTimeToLive)
            throw new PolicyViolationException($"The token would be valid for {timeToLive}, and ApiJwtOptions.MaxTimeToLive is {_maxTimeToLive}. Set a shorter TokenRequest.TimeToLive.", ClaimNames.ExpiresAt);
        return timeToLive <= LatestExpiry - now
            ? DateTimeOffset.FromUnixTimeSeconds((now + timeToLive).ToUnixTimeSeconds())
            : throw new PolicyViolationException("The token would expire after the year 9999. Set a shorter TokenRequest.TimeToLive.", ClaimNames.ExpiresAt);
    }
}
