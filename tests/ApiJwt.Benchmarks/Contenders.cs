using System.Buffers.Text;
using System.IdentityModel.Tokens.Jwt;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Benchmarks;

/// <summary>All implementations of the same operation in one <see cref="Shape"/>: raw cryptography, other libraries, and ours.</summary>
/// <remarks>Each is set up once, as its documentation recommends, outside the measurement. Its result is checked.</remarks>
public sealed class Contenders
{
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };
    private readonly JwtSecurityTokenHandler _oldHandler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };
    private readonly TokenValidationParameters _tightest;
    private readonly SecurityTokenDescriptor _descriptor;
    private readonly BenchmarkJwt _issuer;
    private readonly BenchmarkJwt _cold;
    private readonly BenchmarkJwt _warm;
    private readonly TokenRequest _request;
    private readonly RSA _rsa;
    private readonly string _payload;
    private readonly Dictionary<string, object> _joseHeaders;
    private readonly byte[] _ascii;
    private readonly byte[] _signingInput;
    private readonly byte[] _signature;

    public Contenders(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        _request = shape.Request;
        _rsa = RSA.Create();
        _rsa.ImportFromPem(shape.Pair.PrivateKeyPem);
        _issuer = new BenchmarkJwt(new ApiJwtOptions { PrivateKey = shape.Pair.PrivateKeyPem });
        string[] publicKeys = [.. shape.PublicKeys];
        _cold = new BenchmarkJwt(Verifying(publicKeys, cacheSize: 0));
        _warm = new BenchmarkJwt(Verifying(publicKeys, cacheSize: 1024));
        // An empty list would be skipped.
        _warm.Revocations.RevokeSubject("somebody-else");

        string issued = _issuer.Encode(_request);
        _payload = Forge.PayloadOf(issued);
        Token = shape.HasKeyId ? issued : Forge.Sign("""{"alg":"RS256","typ":"JWT"}""", _payload, _rsa);
        Expired = Forge.Sign(
            $$"""{"alg":"RS256","kid":"{{shape.Pair.KeyId}}","typ":"JWT"}""",
            Regex.Replace(_payload, "(?<=\"exp\":)[0-9]+", "1000000000"), _rsa);
        ForeignKeyId = Forge.Sign("""{"alg":"RS256","kid":"a-name-of-another-system","typ":"JWT"}""", _payload, _rsa);
        using (var stranger = RSA.Create(shape.KeyBits))
            Forged = Forge.Sign($$"""{"alg":"RS256","kid":"{{shape.Pair.KeyId}}","typ":"JWT"}""", _payload, stranger);
        _ascii = Encoding.ASCII.GetBytes(Token);
        int lastDot = Token.LastIndexOf('.');
        _signingInput = _ascii[..lastDot];
        _signature = Base64Url.DecodeFromChars(Token.AsSpan(lastDot + 1));

        _tightest = new TokenValidationParameters
        {
            IssuerSigningKeys = [.. publicKeys.Select(KeyOf)],
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ClockSkew = TimeSpan.Zero,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ValidateIssuer = false,
            ValidateAudience = false,
        };
        using JsonDocument claims = JsonDocument.Parse(_payload);
        _descriptor = new SecurityTokenDescriptor
        {
            Claims = claims.RootElement.EnumerateObject().ToDictionary(
                claim => claim.Name,
                claim => claim.Value.ValueKind == JsonValueKind.Number ? (object)claim.Value.GetInt64() : claim.Value.GetString()!),
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(_rsa.ExportParameters(true)) { KeyId = shape.Pair.KeyId }, SecurityAlgorithms.RsaSha256),
        };
        _joseHeaders = new Dictionary<string, object> { ["kid"] = shape.Pair.KeyId, ["typ"] = "JWT" };
        Check();
    }

    public string Token { get; }

    /// <summary>The same token with an expiry in 2001.</summary>
    public string Expired { get; }

    /// <summary>The same claims and key id, signed with another key.</summary>
    public string Forged { get; }

    /// <summary>The same claims and key, under a key id that no verifier knows.</summary>
    public string ForeignKeyId { get; }

    public bool VerifyRaw() => _rsa.VerifyData(_signingInput, _signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public TokenValidationResult DecodeBare() => DecodeBare(Token);

    public TokenValidationResult DecodeBare(string token) => _handler.ValidateTokenAsync(token, _tightest).GetAwaiter().GetResult();

    public SecurityToken DecodeOld()
    {
        _oldHandler.ValidateToken(Token, _tightest, out SecurityToken token);
        return token;
    }

    public string DecodeJose() => Jose.JWT.Decode(Token, _rsa, Jose.JwsAlgorithm.RS256);

    public DecodeResult DecodeCold() => _cold.Decode(Token);

    public DecodeResult DecodeCold(string token) => _cold.Decode(token);

    public DecodeResult DecodeWarm() => _warm.Decode(Token);

    /// <summary>The cache is on, as it is by default, so a refusal includes a look-up in it.</summary>
    public DecodeResult Refuse(string token) => _warm.Decode(token);

    /// <summary>The least that a cache hit can cost if the cache stores no token text.</summary>
    public int Hash()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        return SHA256.HashData(_ascii, digest);
    }

    public byte[] SignRaw() => _rsa.SignData(_signingInput, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public string EncodeBare() => _handler.CreateToken(_descriptor);

    public string EncodeOld() => _oldHandler.CreateEncodedJwt(_descriptor);

    public string EncodeJose() => Jose.JWT.Encode(_payload, _rsa, Jose.JwsAlgorithm.RS256, _joseHeaders);

    public string EncodeOurs() => _issuer.Encode(_request);

    /// <summary>The settings of a verifier with these keys.</summary>
    public static ApiJwtOptions Verifying(IEnumerable<string> publicKeys, int cacheSize)
    {
        var options = new ApiJwtOptions { VerifiedTokenCacheSize = cacheSize };
        foreach (string key in publicKeys)
            options.PublicKeys.Add(key);
        return options;
    }

    private static RsaSecurityKey KeyOf(string pem)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        var key = new RsaSecurityKey(rsa.ExportParameters(false));
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }

    private void Check()
    {
        string[] issued = [EncodeBare(), EncodeOld(), EncodeJose(), EncodeOurs()];
        bool isFair = VerifyRaw() && DecodeBare().IsValid && DecodeOld() is not null && DecodeJose() == _payload
            && DecodeCold().IsValid && DecodeWarm().IsValid && DecodeCold(Expired).IsExpired
            && DecodeCold(ForeignKeyId).IsValid && DecodeCold(Forged).Failure == TokenFailure.InvalidSignature && Array.TrueForAll(issued, token => DecodeCold(token).IsValid);
        if (!isFair)
            throw new InvalidOperationException("A contender does not do its job.");
    }
}
