using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Fuzz;

/// <summary>A service with the key pair of the harness, and the checks on each of its verdicts.</summary>
/// <remarks>Each run makes a new key. Findings do not depend on it, because the harness signs the inputs.</remarks>
public sealed class VerifyingService
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly Service _remembering;
    private readonly Service _forgetful;
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly TokenValidationParameters _parameters;

    public VerifyingService()
    {
        string publicKey = _key.ExportSubjectPublicKeyInfoPem();
        _remembering = new Service(new ApiJwtOptions { PublicKeys = { publicKey }, TimeProvider = new StoppedClock() });
        _forgetful = new Service(new ApiJwtOptions { PublicKeys = { publicKey }, TimeProvider = new StoppedClock(), VerifiedTokenCacheSize = 0 });
        // CA5404: without settings, the library does not check the issuer, and neither does the comparison.
#pragma warning disable CA5404
        _parameters = new TokenValidationParameters
        {
            IssuerSigningKey = new RsaSecurityKey(_key.ExportParameters(includePrivateParameters: false)),
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ValidateIssuer = false,
            ValidateAudience = false,
            ClockSkew = TimeSpan.Zero,
            LifetimeValidator = (notBefore, expires, _, _) => (notBefore ?? DateTime.MinValue) <= StoppedClock.Now.UtcDateTime && expires > StoppedClock.Now.UtcDateTime,
        };
#pragma warning restore CA5404
    }

    public string Sign(string header, string payload)
    {
        string input = $"{header}.{payload}";
        return $"{input}.{Base64Url.EncodeToString(_key.SignData(Encoding.Latin1.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>Decodes the token and checks the verdict.</summary>
    public void Judge(string token, bool isSigned)
    {
        DecodeResult result = _forgetful.Decode(token);
        // Empties the cache, so that the same input always runs the same code, as the fuzzer requires.
        if (result.IsValid)
            _remembering.Keys.Reset();
        DecodeResult first = _remembering.Decode(token);
        DecodeResult second = _remembering.Decode(token);
        foreach (DecodeResult other in new[] { first, second })
            BrokenPromiseException.Unless((other.Failure, other.Reason, Describe(other)) == (result.Failure, result.Reason, Describe(result)), "The cache changed a verdict.");

        BrokenPromiseException.Unless(
            result.IsValid == (result.Failure == TokenFailure.None) && result.IsValid == (result.Payload is not null) && result.IsValid == (result.Reason is null),
            "A verdict contradicts itself.");
        if (!result.IsValid)
            return;
        BrokenPromiseException.Unless(isSigned, "A token that nobody signed is valid.");
        CheckPayload(result.Payload);
        CheckWithHandler(token, result.Payload);
    }

    private static void CheckPayload(VerifiedPayload payload)
    {
        BrokenPromiseException.Unless(payload.Subject.Length > 0, "A valid token has no subject.");
        BrokenPromiseException.Unless(payload.ExpiresAt > StoppedClock.Now, "An expired token is valid.");
        BrokenPromiseException.Unless(double.IsFinite(payload.Level) && payload.Level >= 0, "A level is not a finite number, 0 or higher.");
        BrokenPromiseException.Unless(Enum.IsDefined(payload.DoNotTrack), "A do-not-track value is none of the four.");
        BrokenPromiseException.Unless(payload.Scopes.All(scope => scope.Length > 0 && !scope.Contains(',', StringComparison.Ordinal) && payload.HasScope(scope)), "A scope is empty, or two.");
    }

    private void CheckWithHandler(string token, VerifiedPayload payload)
    {
        TokenValidationResult handlers = _handler.ValidateTokenAsync(token, _parameters).GetAwaiter().GetResult();
        BrokenPromiseException.Unless(handlers.IsValid, "The token handler refuses a token that is valid here.");
        var read = (JsonWebToken)handlers.SecurityToken;
        BrokenPromiseException.Unless(read.Subject == payload.Subject, "The token handler reads another subject.");
        BrokenPromiseException.Unless((read.ValidTo - payload.ExpiresAt.UtcDateTime).Duration() < TimeSpan.FromSeconds(1), "The token handler reads another expiry.");
    }

    private static string Describe(DecodeResult result) => result.Payload is not { } payload ? "" : string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{payload.Subject}|{payload.Issuer}|{payload.Level:R}|{payload.Factor}|{payload.Target}|{payload.DoNotTrack}|{payload.ExpiresAt.UtcTicks}|{string.Join(',', payload.Scopes)}");

    private sealed class Service(ApiJwtOptions options) : ApiJwt(options);

    private sealed class StoppedClock : TimeProvider
    {
        public static DateTimeOffset Now { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
