using System.Runtime.CompilerServices;

namespace ApiJwts.Testing;

/// <summary>
/// Describes the token of a test. By default, it is valid until the year 2100, and has the subject <c>test-subject</c>, no scopes and no audience.
/// </summary>
/// <remarks>No policy limits the token, so that a test can send any token to the service. Instances are not thread-safe.</remarks>
public sealed class TestToken
{
    private const string DefaultIssuer = "auth_user";

    // Fixed, so that a fake clock in the service does not matter.
    private static readonly DateTimeOffset FarFuture = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset LongAgo = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, (Extra Declaration, ClaimValue Value)> _extras = new(StringComparer.Ordinal);
    private string _subject = "test-subject";
    private string? _key;
    private string? _issuer;
    private string? _audience;
    private string? _factor;
    private string? _target;
    private double? _level;
    private DoNotTrack? _doNotTrack;
    private string[] _scopes = [];
    private DateTimeOffset _expiresAt = FarFuture;
    private RsaKeyPair _keys = Trusted;
    private bool _isRevoked;

    private TestToken()
    {
    }

    internal static RsaKeyPair Trusted { get; } = RsaKeyPair.Generate();

    /// <summary>The revoked test tokens of this test run.</summary>
    internal static RevocationList SharedList { get; } = new Signer(new TestToken()).Revocations;

    private static RsaKeyPair Stranger { get; } = RsaKeyPair.Generate();

    /// <summary>Signs a token.</summary>
    /// <param name="configure">Describes the token.</param>
    /// <returns>The token in JWS Compact Serialization.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is <see langword="null"/>.</exception>
    public static string Sign(Action<TestToken> configure) => Of(configure).Sign();

    /// <summary>
    /// Creates the payload that a service would get from the token, to test a class that takes a payload. No host is needed.
    /// <see cref="VerifiedPayload.Key"/> is the key that was given; <see langword="null"/> if none was.
    /// </summary>
    /// <param name="configure">Describes the token.</param>
    /// <returns>The payload.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">A service would refuse the token, because it has expired, is forged or was revoked.</exception>
    public static VerifiedPayload Payload(Action<TestToken> configure)
    {
        TestToken token = Of(configure);
        token._issuer ??= token._key is null ? DefaultIssuer : KeysUnderTest.FindIssuer(token._key) ?? token._key;
        DecodeResult result = new Reader(token).Decode(token.Sign());
        return result.IsValid && !token._isRevoked
            ? result.Payload
            : throw new ApiJwtException($"There is no payload, because a service refuses such a token ({(token._isRevoked ? TokenFailure.Revoked : result.Failure)}). To test the refusal, use TestToken.Sign.");
    }

    /// <summary>Sets the subject (<c>sub</c>).</summary>
    /// <param name="subject">A non-empty id.</param>
    /// <returns>The same token, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="subject"/> is <see langword="null"/>.</exception>
    public TestToken Subject(string subject) => Set(() => _subject = Given(subject));

    /// <summary>Sets the key of the policy, as in <c>RequireKey</c>. The policy of the service under test determines the issuer.</summary>
    /// <param name="key">A key that the service under test allows with <see cref="PayloadPolicy.AllowKey"/>.</param>
    /// <returns>The same token, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is <see langword="null"/>.</exception>
    public TestToken Key(string key) => Set(() => _key = Given(key));

    /// <summary>Sets the issuer (<c>iss</c>). The default is the issuer of <see cref="Key"/>; without a key, it is <c>auth_user</c>.</summary>
    /// <param name="issuer">The issuer, such as one in the policy of the service under test.</param>
    /// <returns>The same token, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="issuer"/> is <see langword="null"/>.</exception>
    public TestToken Issuer(string issuer) => Set(() => _issuer = Given(issuer));

    /// <summary>Sets the audience (<c>aud</c>). By default, there is none.</summary>
    /// <param name="audience">The audience in the settings of the service under test.</param>
    /// <returns>The same token, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="audience"/> is <see langword="null"/>.</exception>
    public TestToken Audience(string audience) => Set(() => _audience = Given(audience));

    /// <summary>Sets the scopes (<c>scopes</c>). By default, there are none.</summary>
    /// <param name="scopes">The scopes.</param>
    /// <returns>The same token, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scopes"/> is <see langword="null"/>.</exception>
    public TestToken Scopes(params string[] scopes) => Set(() => _scopes = Given(scopes));

    /// <summary>Sets the authentication level (<c>level</c>). The default is 0.0.</summary>
    /// <param name="level">The level.</param>
    /// <returns>The same token, so that calls can be chained.</returns>
    public TestToken Level(double level) => Set(() => _level = level);

    /// <summary>Sets the authentication factor (<c>factor</c>).</summary>
    /// <param name="factor">The factor.</param>
    /// <returns>The same token, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="factor"/> is <see langword="null"/>.</exception>
    public TestToken Factor(string factor) => Set(() => _factor = Given(factor));

    /// <summary>Sets the id that the scopes concern (<c>target</c>).</summary>
    /// <param name="target">An id.</param>
    /// <returns>The same token, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is <see langword="null"/>.</exception>
    public TestToken Target(string target) => Set(() => _target = Given(target));

    /// <summary>Sets whether the subject may be tracked (<c>dnt</c>).</summary>
    /// <param name="choice">The choice.</param>
    /// <returns>The same token, so that calls can be chained.</returns>
    public TestToken DoNotTrack(DoNotTrack choice) => Set(() => _doNotTrack = choice);

    /// <summary>Adds an extra claim with a text.</summary>
    /// <param name="name">The name of the claim.</param>
    /// <param name="value">The text.</param>
    /// <returns>The same token, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="value"/> is <see langword="null"/>.</exception>
    public TestToken Extra(string name, string value) => Extra(ApiJwts.Extra.Text(name), Given(value));

    /// <summary>Adds an extra claim with an integer.</summary>
    /// <param name="name">The name of the claim.</param>
    /// <param name="value">The integer.</param>
    /// <returns>The same token, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public TestToken Extra(string name, long value) => Extra(ApiJwts.Extra.Integer(name), value);

    /// <summary>Adds an extra claim with a number.</summary>
    /// <param name="name">The name of the claim.</param>
    /// <param name="value">The number, which must be finite.</param>
    /// <returns>The same token, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public TestToken Extra(string name, double value) => Extra(ApiJwts.Extra.Number(name), value);

    /// <summary>Adds an extra claim that is true or false.</summary>
    /// <param name="name">The name of the claim.</param>
    /// <param name="value">The value.</param>
    /// <returns>The same token, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public TestToken Extra(string name, bool value) => Extra(ApiJwts.Extra.Boolean(name), value);

    /// <summary>Adds an extra claim with a list of texts.</summary>
    /// <param name="name">The name of the claim.</param>
    /// <param name="values">The elements.</param>
    /// <returns>The same token, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="values"/> is <see langword="null"/>.</exception>
    public TestToken Extra(string name, params string[] values) => Extra(ApiJwts.Extra.TextList(name), Given(values));

    /// <summary>Sets the time of expiry (<c>exp</c>).</summary>
    /// <param name="moment">The time of expiry, from 1971 to 9999.</param>
    /// <returns>The same token, so that calls can be chained.</returns>
    public TestToken ExpiresAt(DateTimeOffset moment) => Set(() => _expiresAt = moment);

    /// <summary>Lets the token expire in 2001. Its signature is valid.</summary>
    /// <returns>The same token, so that calls can be chained.</returns>
    public TestToken Expired() => ExpiresAt(LongAgo);

    /// <summary>Signs the token with a key that no service trusts.</summary>
    /// <returns>The same token, so that calls can be chained.</returns>
    public TestToken Forged() => Set(() => _keys = Stranger);

    /// <summary>Revokes the token. Its signature is valid, but every service with <see cref="TestTokenServiceCollectionExtensions.TrustTestTokens"/> refuses it.</summary>
    /// <returns>The same token, so that calls can be chained.</returns>
    public TestToken Revoked() => Set(() => _isRevoked = true);

    private TestToken Extra(Extra declaration, ClaimValue value) => Set(() => _extras[declaration.Name] = (declaration, value));

    private static TestToken Of(Action<TestToken> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var token = new TestToken();
        configure(token);
        return token;
    }

    private static T Given<T>(T? value, [CallerArgumentExpression(nameof(value))] string? name = null) => value ?? throw new ArgumentNullException(name);

    private TestToken Set(Action change)
    {
        change();
        return this;
    }

    private string Sign()
    {
        _issuer ??= _key is null ? DefaultIssuer : KeysUnderTest.IssuerOf(_key);
        IssuedToken token = new Signer(this).Issue(new TokenRequest
        {
            Subject = _subject,
            Key = "test",
            Level = _level,
            Factor = _factor,
            Target = _target,
            DoNotTrack = _doNotTrack,
            Scopes = _scopes,
            TimeToLive = TimeSpan.FromSeconds(1),
            Extras = _extras.ToDictionary(extra => extra.Key, extra => extra.Value.Value, StringComparer.Ordinal),
        });
        if (token.TokenId is not null)
            // The list keeps the entry for the whole test run, because hosts may start later and have clocks of their own.
            SharedList.RevokeToken(token.TokenId, FarFuture);
        return token.Text;
    }

    /// <summary>Issues one token one second before it expires, with a policy that allows its content.</summary>
    private sealed class Signer : ApiJwt
    {
        public Signer(TestToken token)
            : base(new ApiJwtOptions { PrivateKey = token._keys.PrivateKeyPem, Audience = token._audience, TimeProvider = new SecondBefore(token._expiresAt) })
        {
            Policy.AllowKey("test", token._issuer ?? DefaultIssuer, token._scopes);
            if (token._isRevoked)
                Policy.WriteTokenId();
            if (token._level is > 0)
                Policy.AllowLevels(0, token._level.Value);
            foreach ((Extra declaration, _) in token._extras.Values)
                Policy.AllowExtra(declaration);
        }
    }

    /// <summary>Reads the token like a service whose policy allows only the key of the token.</summary>
    private sealed class Reader : ApiJwt
    {
        public Reader(TestToken token)
            : base(new ApiJwtOptions { PublicKeys = { Trusted.PublicKeyPem }, Audience = token._audience })
        {
            if (token._key is not null)
                Policy.AllowKey(token._key, token._issuer!, []);
        }
    }

    private sealed class SecondBefore(DateTimeOffset moment) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => moment.AddSeconds(-1);
    }
}
