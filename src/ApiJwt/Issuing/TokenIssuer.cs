using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>Turns a request into a payload, and the payload into a signed token.</summary>
internal sealed class TokenIssuer(ApiJwtOptions options, PayloadPolicy policy, KeyRing keys, Telemetry telemetry, ILogger logger)
{
    private static readonly DateTimeOffset LatestExpiry = DateTimeOffset.FromUnixTimeSeconds(WireText.LatestSecond);

    private readonly TimeProvider _time = options.TimeProvider;
    private readonly TimeSpan _timeToLive = options.TimeToLive;
    private readonly TimeSpan _maxTimeToLive = options.MaxTimeToLive;
    private readonly string? _audience = options.Audience;
    private readonly int _maxTokenLength = options.MaxTokenLength;

    /// <summary>Completes at once if the key signs at once.</summary>
    public async ValueTask<string> IssueAsync(TokenRequest request, CancellationToken cancel)
    {
        SigningKey signingKey = keys.Current.SigningKey
            ?? throw new ApiJwtException($"There is no private key to sign with. Set ApiJwtOptions.PrivateKey, or the environment variable {ApiJwtOptions.PrivateKeyVariable} when the options come from it.");
        PolicyRules rules = policy.Freeze();
        using Activity? activity = Telemetry.Start("ApiJwt.Encode");
        try
        {
            (string policyKey, string issuer) = rules.ResolveKey(request.Key);
            byte[] payload = WritePayload(request, rules, policyKey, issuer);
            string signingInput = $"{Base64Url.EncodeToString(WriteHeader(signingKey))}.{Base64Url.EncodeToString(payload)}";
            ThrowIfTooLong(signingInput.Length + 1 + Base64Url.GetEncodedLength(signingKey.PublicKey.Numbers.Modulus!.Length), payload, policyKey);
            byte[] signature = await signingKey.Signer.SignAsync(Encoding.ASCII.GetBytes(signingInput), cancel).ConfigureAwait(false);
            Log.Issued(logger, signingKey.PublicKey.KeyId);
            telemetry.Issued(policyKey, activity);
            return $"{signingInput}.{Base64Url.EncodeToString(signature)}";
        }
        catch (PolicyViolationException violation)
        {
            Log.RequestRefused(logger, rules.Knows(violation.Claim) ? violation.Claim : "(undeclared)");
            throw;
        }
    }

    private static byte[] WriteHeader(SigningKey signingKey) => WriteObject(json =>
    {
        json.WriteString("alg", SecurityAlgorithms.RsaSha256);
        json.WriteString("kid", signingKey.PublicKey.KeyId);
        json.WriteString("typ", "JWT");
    });

    private static byte[] WriteObject(Action<Utf8JsonWriter> writeMembers)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private byte[] WritePayload(TokenRequest request, PolicyRules rules, string policyKey, string issuer)
    {
        if (string.IsNullOrEmpty(request.Subject) || !WireText.IsWellFormed(request.Subject))
            throw new PolicyViolationException("The subject must be a non-empty text of whole Unicode characters. Set TokenRequest.Subject.", ClaimNames.Subject);
        return WriteObject(json =>
        {
            json.WriteString(ClaimNames.Issuer, issuer);
            json.WriteString(ClaimNames.Subject, request.Subject);
            json.WriteNumber(ClaimNames.ExpiresAt, ExpiryOf(request));
            foreach ((string claim, string value) in rules.Resolve(request, policyKey))
                json.WriteString(claim, value);
            if (_audience is not null)
                json.WriteString(ClaimNames.Audience, _audience);
        });
    }

    private void ThrowIfTooLong(int length, byte[] payload, string policyKey)
    {
        if (length <= _maxTokenLength)
            return;
        using JsonDocument json = JsonDocument.Parse(payload);
        string longest = json.RootElement.EnumerateObject().MaxBy(claim => claim.Value.GetRawText().Length).Name;
        throw new PolicyViolationException($"The token would have {length} characters, and services refuse more than ApiJwtOptions.MaxTokenLength, {_maxTokenLength}. Ask for fewer or shorter values, or raise it in every service.", longest, key: policyKey);
    }

    private long ExpiryOf(TokenRequest request)
    {
        // In UTC even if a clock answers in local time, which ends earlier or later than UTC does.
        DateTimeOffset now = _time.GetUtcNow().ToUniversalTime();
        TimeSpan timeToLive = request.TimeToLive ?? _timeToLive;
        if (timeToLive > _maxTimeToLive)
            throw new PolicyViolationException($"The token would be valid for {timeToLive}, and ApiJwtOptions.MaxTimeToLive is {_maxTimeToLive}. Set a shorter TokenRequest.TimeToLive.", ClaimNames.ExpiresAt);
        return timeToLive <= LatestExpiry - now
            ? (now + timeToLive).ToUnixTimeSeconds()
            : throw new PolicyViolationException("The token would expire after the year 9999. Set a shorter TokenRequest.TimeToLive.", ClaimNames.ExpiresAt);
    }
}
