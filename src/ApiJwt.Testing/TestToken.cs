namespace ApiJwts.Testing;

/// <summary>What the token of a test says. It is valid, for anybody and at any time until the year 2100, unless it is told otherwise.</summary>
/// <remarks>
/// No policy decides what it may say: a test wants to see what the service does with any token. Not thread-safe.
/// </remarks>
public sealed class TestToken
{
    // Fixed, so that a fake clock in the service does not matter.
    private static readonly DateTimeOffset FarFuture = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset LongAgo = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, string> _extras = new(StringComparer.Ordinal);
    private string _subject = "test-subject";
    private string _issuer = "auth_user";
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
    public static string Sign(Action<TestToken> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var token = new TestToken();
        configure(token);
        return token.Sign();
    }

    /// <summary>Who the token is for (<c>sub</c>).</summary>
    /// <param name="subject">A non-empty id.</param>
    public TestToken Subject(string subject) => Set(() => _subject = subject);

    /// <summary>Who issued it (<c>iss</c>): the issuer of the key that it stands for. <c>auth_user</c> by default.</summary>
    /// <param name="issuer">The issuer that the policy of the service has for the key.</param>
    public TestToken Issuer(string issuer) => Set(() => _issuer = issuer);

    /// <summary>Who it is for (<c>aud</c>); none by default.</summary>
    /// <param name="audience">The audience that the service has in its settings.</param>
    public TestToken Audience(string audience) => Set(() => _audience = audience);

    /// <summary>What it gives access to (<c>scopes</c>); nothing by default.</summary>
    /// <param name="scopes">The scopes.</param>
    public TestToken Scopes(params string[] scopes) => Set(() => _scopes = scopes);

    /// <summary>How strongly the subject authenticated (<c>level</c>); 0.0 by default.</summary>
    /// <param name="level">The level.</param>
    public TestToken Level(double level) => Set(() => _level = level);

    /// <summary>What the subject authenticated with (<c>factor</c>).</summary>
    /// <param name="factor">The factor.</param>
    public TestToken Factor(string factor) => Set(() => _factor = factor);

    /// <summary>Whom the scopes concern (<c>target</c>).</summary>
    /// <param name="target">An id.</param>
    public TestToken Target(string target) => Set(() => _target = target);

    /// <summary>Whether the subject may be tracked (<c>dnt</c>).</summary>
    /// <param name="choice">The choice.</param>
    public TestToken DoNotTrack(DoNotTrack choice) => Set(() => _doNotTrack = choice);

    /// <summary>A claim of your own.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its text.</param>
    public TestToken Extra(string name, string value) => Set(() => _extras[name] = value);

    /// <summary>When it expires (<c>exp</c>).</summary>
    /// <param name="moment">The moment, from 1971 to 9999.</param>
    public TestToken ExpiresAt(DateTimeOffset moment) => Set(() => _expiresAt = moment);

    /// <summary>Makes it a genuine token that expired long ago.</summary>
    public TestToken Expired() => ExpiresAt(LongAgo);

    /// <summary>Signs it with a key that no service has.</summary>
    public TestToken Forged() => Set(() => _keys = Stranger);

    /// <summary>Makes it a genuine token that was withdrawn. Every service with <see cref="TestTokenServiceCollectionExtensions.TrustTestTokens"/> refuses it.</summary>
    public TestToken Revoked() => Set(() => _isRevoked = true);

    private TestToken Set(Action change)
    {
        change();
        return this;
    }

    private string Sign()
    {
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
            Extras = _extras.ToDictionary(extra => extra.Key, extra => (ClaimValue)extra.Value, StringComparer.Ordinal),
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
            Policy.AllowKey("test", token._issuer, token._scopes);
            if (token._isRevoked)
                Policy.WriteTokenId();
            if (token._level is > 0)
                Policy.AllowLevels(0, token._level.Value);
            foreach (string name in token._extras.Keys)
                Policy.AllowExtra(ApiJwts.Extra.Text(name));
        }
    }

    private sealed class SecondBefore(DateTimeOffset moment) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => moment.AddSeconds(-1);
    }
}
