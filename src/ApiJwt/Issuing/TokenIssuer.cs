using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;

namespace ApiJwts;

/// <summary>Turns a request into a payload, and the payload into a signed token.</summary>
internal sealed class TokenIssuer
{
    private static readonly DateTimeOffset LatestExpiry = DateTimeOffset.FromUnixTimeSeconds(WireText.LatestSecond);

    // CreateToken takes the payload as it is and adds no times, whatever this says; another version of it might.
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly PayloadPolicy _policy;
    private readonly KeyRing _keys;
    private readonly Telemetry _telemetry;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeToLive;
    private readonly string? _audience;
    private readonly int _maxTokenLength;

    public TokenIssuer(ApiJwtOptions options, PayloadPolicy policy, KeyRing keys, Telemetry telemetry, ILogger logger)
    {
        _policy = policy;
        _keys = keys;
        _telemetry = telemetry;
        _logger = logger;
        _time = options.TimeProvider;
        _timeToLive = options.TimeToLive;
        _audience = options.Audience;
        _maxTokenLength = options.MaxTokenLength;
    }

    public string Issue(TokenRequest request)
    {
        KeySet keys = _keys.Current;
        if (keys.Signing is null)
            throw new ApiJwtException($"There is no private key to sign with. Set ApiJwtOptions.PrivateKey, or the environment variable {ApiJwtOptions.PrivateKeyVariable} when the options come from it.");
        _policy.Freeze();
        using Activity? activity = Telemetry.Start("ApiJwt.Encode");
        try
        {
            string payload = WritePayload(request, out string key);
            string token = _handler.CreateToken(payload, keys.Signing);
            if (token.Length > _maxTokenLength)
                throw new PolicyViolationException($"The token would have {token.Length} characters, and services refuse more than ApiJwtOptions.MaxTokenLength, {_maxTokenLength}. Ask for fewer or shorter values, or raise it in every service.", LongestClaimOf(payload), key: key);
            Log.Issued(_logger, keys.PrivateKey!.Thumbprint);
            _telemetry.Issued(key, activity);
            return token;
        }
        catch (PolicyViolationException violation)
        {
            Log.RequestRefused(_logger, _policy.Knows(violation.Claim) ? violation.Claim : "(undeclared)");
            throw;
        }
    }

    private string WritePayload(TokenRequest request, out string key)
    {
        if (string.IsNullOrEmpty(request.Subject) || !WireText.IsWellFormed(request.Subject))
            throw new PolicyViolationException("The subject must be a non-empty text of whole Unicode characters. Set TokenRequest.Subject.", ClaimNames.Subject);
        (key, string issuer) = _policy.ResolveKey(request.Key);

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString(ClaimNames.Issuer, issuer);
            json.WriteString(ClaimNames.Subject, request.Subject);
            json.WriteNumber(ClaimNames.ExpiresAt, ExpiryOf(request));
            foreach ((string claim, string value) in _policy.Resolve(request, key))
                json.WriteString(claim, value);
            if (_audience is not null)
                json.WriteString(ClaimNames.Audience, _audience);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static string LongestClaimOf(string payload)
    {
        using JsonDocument json = JsonDocument.Parse(payload);
        return json.RootElement.EnumerateObject().MaxBy(claim => claim.Value.GetRawText().Length).Name;
    }

    private long ExpiryOf(TokenRequest request)
    {
        // In UTC even if a clock answers in local time, which ends earlier or later than UTC does.
        DateTimeOffset now = _time.GetUtcNow().ToUniversalTime();
        TimeSpan timeToLive = request.TimeToLive ?? _timeToLive;
        return timeToLive <= LatestExpiry - now
            ? (now + timeToLive).ToUnixTimeSeconds()
            : throw new PolicyViolationException("The token would expire after the year 9999. Set a shorter TokenRequest.TimeToLive.", ClaimNames.ExpiresAt);
    }
}
