using System.Runtime.CompilerServices;

namespace ApiJwts.Testing;

/// <summary>What the token of a test says. It is valid, for anybody and at any time until the year 2100, unless it is told otherwise.</summary>
/// <remarks>
/// No policy decides what it may say: a test wants to see what the service does with any token. Not thread-safe.
/// </remarks>
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

    /// <summary>The withdrawn test tokens of this test run.</summary>
    internal static RevocationList Withdrawn { get; } = new Signer(new TestToken()).Revocations;

    private static RsaKeyPair Stranger { get; } = RsaKeyPair.Generate();

    /// <summary>Signs a token.</summary>
    /// <param name="configure">Says what it is like.</param>
    /// <returns>The token in JWS Compact Serialization.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is <see langword="null"/>.</exception>
    public static string Sign(Action<TestToken> configure) => Of(configure).Sign();

    /// <summary>
    /// The payload of such a token, as a service gets it, for a test of a class that takes one. No host is needed, and no service is asked:
    /// <see cref="VerifiedPayload.Key"/> is the key that was said, and <see langword="null"/> if none was.
    /// </summary>
    /// <param name="configure">Says what the token is like.</param>
    /// <returns>The payload.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">A service would refuse such a token: it has expired, is forged or withdrawn.</exception>
    public static VerifiedPayload Payload(Action<TestToken> configure)
    {
        TestToken token = Of(configure);
        token._issuer ??= token._key is null ? DefaultIssuer : KeysUnderTest.FindIssuer(token._key) ?? token._key;
        DecodeResult result = new Reader(token).Decode(token.Sign());
        return result.IsValid && !token._isRevoked
            ? result.Payload
            : throw new ApiJwtException($"There is no payload: a service refuses such a token ({(token._isRevoked ? TokenFailure.Revoked : result.Failure)}). Use TestToken.Sign to test that it does.");
    }

    /// <summary>Who the token is for (<c>sub</c>).</summary>
    /// <param name="subject">A non-empty id.</param>
    /// <returns>This token, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="subject"/> is <see langword="null"/>.</exception>
    public TestToken Subject(string subject) => Set(() => _subject = Given(subject));

    /// <summary>The key that it stands for, as <c>RequireKey</c> names it: the service under test has the issuer for it in its policy.</summary>
    /// <param name="key">A key that the class of the service named with <see cref="PayloadPolicy.AllowKey"/>.</param>
    /// <returns>This token, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is <see langword="null"/>.</exception>
    public TestToken Key(string key) => Set(() => _key = Given(key));

    /// <summary>Who issued it (<c>iss</c>); that of <see cref="Key"/> by default, and <c>auth_user</c> without a key.</summary>
    /// <param name="issuer">An issuer, such as the policy of the service has for a key.</param>
    /// <returns>This token, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="issuer"/> is <see langword="null"/>.</exception>
    public TestToken Issuer(string issuer) => Set(() => _issuer = Given(issuer));

    /// <summary>Who it is for (<c>aud</c>); none by default.</summary>
    /// <param name="audience">The audience that the service has in its settings.</param>
    /// <returns>This token, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="audience"/> is <see langword="null"/>.</exception>
    public TestToken Audience(string audience) => Set(() => _audience = Given(audience));

    /// <summary>What it gives access to (<c>scopes</c>); nothing by default.</summary>
    /// <param name="scopes">The scopes.</param>
    /// <returns>This token, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scopes"/> is <see langword="null"/>.</exception>
    public TestToken Scopes(params string[] scopes) => Set(() => _scopes = Given(scopes));

    /// <summary>How strongly the subject authenticated (<c>level</c>); 0.0 by default.</summary>
    /// <param name="level">The level.</param>
    /// <returns>This token, for further calls.</returns>
    public TestToken Level(double level) => Set(() => _level = level);

    /// <summary>What the subject authenticated with (<c>factor</c>).</summary>
    /// <param name="factor">The factor.</param>
    /// <returns>This token, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="factor"/> is <see langword="null"/>.</exception>
    public TestToken Factor(string factor) => Set(() => _factor = Given(factor));

    /// <summary>Whom the scopes concern (<c>target</c>).</summary>
    /// <param name="target">An id.</param>
    /// <returns>This token, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is <see langword="null"/>.</exception>
    public TestToken Target(string target) => Set(() => _target = Given(target));

    /// <summary>Whether the subject may be tracked (<c>dnt</c>).</summary>
    /// <param name="choice">The choice.</param>
    /// <returns>This token, for further calls.</returns>
    public TestToken DoNotTrack(DoNotTrack choice) => Set(() => _doNotTrack = choice);

    /// <summary>A claim of your own that holds a text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its text.</param>
    /// <returns>This token, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="value"/> is <see langword="null"/>.</exception>
    public TestToken Extra(string name, string value) => Extra(ApiJwts.Extra.Text(name), Given(value));

    /// <summary>A claim of your own that holds an integer.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The integer.</param>
    /// <returns>This token, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public TestToken Extra(string name, long value) => Extra(ApiJwts.Extra.Integer(name), value);

    /// <summary>A claim of your own that holds a number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The number, which must be finite.</param>
    /// <returns>This token, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public TestToken Extra(string name, double value) => Extra(ApiJwts.Extra.Number(name), value);

    /// <summary>A claim of your own that is true or false.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The value.</param>
    /// <returns>This token, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public TestToken Extra(string name, bool value) => Extra(ApiJwts.Extra.Boolean(name), value);

    /// <summary>A claim of your own that holds a list of text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">The elements.</param>
    /// <returns>This token, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="values"/> is <see langword="null"/>.</exception>
    public TestToken Extra(string name, params string[] values) => Extra(ApiJwts.Extra.TextList(name), Given(values));

    /// <summary>When it expires (<c>exp</c>).</summary>
    /// <param name="moment">The moment, from 1971 to 9999.</param>
    /// <returns>This token, for further calls.</returns>
    public TestToken ExpiresAt(DateTimeOffset moment) => Set(() => _expiresAt = moment);

    /// <summary>Makes it a genuine token that expired long ago.</summary>
    /// <returns>This token, for further calls.</returns>
    public TestToken Expired() => ExpiresAt(LongAgo);

    /// <summary>Signs it with a key that no service has.</summary>
    /// <returns>This token, for further calls.</returns>
    public TestToken Forged() => Set(() => _keys = Stranger);

    /// <summary>Makes it a genuine token that was withdrawn. Every service with <see cref="TestTokenServiceCollectionExtensions.TrustTestTokens"/> refuses it.</summary>
    /// <returns>This token, for further calls.</returns>
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
            Withdrawn.RevokeToken(token.TokenId, token.ExpiresAt);
        return token.Text;
    }

    /// <summary>Allows what one token says, at the second before it expires.</summary>
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

    /// <summary>Reads tokens of this test run as a service whose policy has the key of the token and no other.</summary>
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
