using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ApiJwts;

/// <summary>The settings of an <see cref="ApiJwt"/>: its keys, its times and its bounds.</summary>
/// <remarks>
/// Plain properties, so that configuration can bind to them. They are read once, when the <see cref="ApiJwt"/> is
/// constructed; a later change has no effect. A value out of bounds is refused then, by name. Not thread-safe.
/// </remarks>
public sealed class ApiJwtOptions
{
    /// <summary>The environment variable that <see cref="FromEnvironment"/> takes <see cref="PrivateKey"/> from.</summary>
    internal const string PrivateKeyVariable = "JWT_KEY_PRIVATE";

    internal const string PublicKeyVariable = "JWT_KEY_PUBLIC";

    internal const string TimeToLiveVariable = "JWT_TOKEN_TTL";

    private static readonly TimeSpan LongestTimeToLive = TimeSpan.FromDays(366);
    private static readonly TimeSpan LongestClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The RSA key that tokens are signed with, of 2048 bits or more. Leave it out of every service that only verifies.
    /// </summary>
    /// <remarks>
    /// PEM (PKCS#8 or PKCS#1), base64 of PEM, or base64 of DER. Literal <c>\n</c>, CRLF, and quotes or blanks around the text do
    /// not matter. A service with a private key verifies its own tokens without being given the public half.
    /// </remarks>
    public string? PrivateKey { get; set; }

    /// <summary>The RSA keys that tokens are verified with, of 2048 bits or more each.</summary>
    /// <remarks>
    /// PEM (SubjectPublicKeyInfo, PKCS#1 or an X.509 certificate), base64 of PEM, or base64 of DER; one text may hold several
    /// PEM blocks, or be a JSON array of such texts. Of a certificate only the key is used: dates and issuer are not checked.
    /// </remarks>
    public IList<string> PublicKeys { get; } = [];

    /// <summary>
    /// Where the auth service publishes its public keys as a JSON Web Key Set (RFC 7517), to be verified with beside
    /// <see cref="PublicKeys"/>. HTTPS, or HTTP on this machine, without user name or query. <see langword="null"/> by default.
    /// </summary>
    /// <remarks>
    /// Fetched when the first token needs it, and again in the background when it is older than ten minutes. A token that names an
    /// unknown key leads to a fetch too, at most once a second, for which <see cref="ApiJwt.DecodeAsync"/> waits. At most 256 KiB and 32
    /// keys for RS256 are taken. With a <see cref="CreateHttpClient"/>, <c>https+http</c> and <c>http+https</c> are allowed too, for
    /// service discovery.
    /// </remarks>
    public Uri? JwksUri { get; set; }

    /// <summary>
    /// Whether <see cref="JwksUri"/> may be plain HTTP to another machine; <see langword="false"/> by default. Whoever can change the key
    /// set on its way can sign any token: set it only where the network itself is protected, such as in a service mesh.
    /// </summary>
    public bool AllowHttpJwksUri { get; set; }

    /// <summary>
    /// Gives the HTTP client for each fetch of <see cref="JwksUri"/>, for a proxy, a client certificate or service discovery.
    /// <see langword="null"/> by default: then the library has a client of its own, which follows no redirect.
    /// </summary>
    /// <remarks>The clients are not disposed. Let them follow no redirect either: it could lead to another server's keys.</remarks>
    public Func<HttpClient>? CreateHttpClient { get; set; }

    /// <summary>
    /// The <c>iss</c> claims that are accepted. Empty by default: then every issuer is accepted whose tokens a trusted key signed, as in
    /// the Python library.
    /// </summary>
    /// <remarks>With a list, a token of another issuer, or of none, is refused (<see cref="TokenFailure.InvalidIssuer"/>).</remarks>
    public IList<string> Issuers { get; } = [];

    /// <summary>How long a token is valid if its request does not say; 1 hour by default, 1 second to 366 days.</summary>
    /// <remarks>In configuration, <c>01:00:00</c> is an hour. A bare <c>3600</c> would be as many days, and is out of bounds.</remarks>
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The longest time that a token may be valid, for <see cref="TimeToLive"/> and for <see cref="TokenRequest.TimeToLive"/>; 366 days by
    /// default, which is the most, 1 second at least.
    /// </summary>
    public TimeSpan MaxTimeToLive { get; set; } = LongestTimeToLive;

    /// <summary>
    /// The <c>aud</c> claim: written into every token, and required in every token, when set. <see langword="null"/> by default:
    /// then none is written, and a token that names an audience is refused (RFC 7519, section 4.1.3).
    /// </summary>
    public string? Audience { get; set; }

    /// <summary>
    /// By how much the clocks of two services may differ: a token counts as valid this much before its <c>nbf</c> and after its
    /// <c>exp</c>. Zero by default, 5 minutes at most.
    /// </summary>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>The longest token, in characters, that is looked at or issued: 16384 by default, 512 to 1048576.</summary>
    public int MaxTokenLength { get; set; } = 16 * 1024;

    /// <summary>
    /// How many verified tokens are remembered, so that the next decode of the same text costs no signature check; 0 switches
    /// this off. 0 to 1000000; 1 and 2 count as 3.
    /// </summary>
    /// <remarks>
    /// 1024 by default: enough for the callers that are active at one time in most services, and about 0.6 MB when it is full of
    /// tokens with a payload of 160 bytes, which take 0.6 KB each. A payload of 2 KB takes 4.3 KB, the longest by default 17 KB. Only
    /// tokens that were found valid are remembered, by the SHA-256 of the whole text; <c>exp</c> and <c>nbf</c> are compared with the
    /// clock at every decode, and a change of the keys forgets all.
    /// </remarks>
    public int VerifiedTokenCacheSize { get; set; } = 1024;

    /// <summary>Where the time comes from; the system clock by default. For tests: a fake.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Makes the meter <c>ApiJwt</c>, which counts tokens issued by key, decodes by outcome, and cache hits. <see langword="null"/>
    /// by default: then nothing is counted.
    /// </summary>
    public IMeterFactory? MeterFactory { get; set; }

    /// <summary>Makes the logger of a class whose constructor passes none. <see langword="null"/> by default: then such a class logs nothing.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>
    /// The section of the configuration that these settings were read from, such as <c>Jwt</c>, so that a message can name a setting as it
    /// stands there: <c>Jwt:Audience</c>. <see langword="null"/> by default.
    /// </summary>
    public string? ConfigurationSection { get; set; }

    /// <summary>Whether the keys came from the environment, so that a complaint can name the variable.</summary>
    internal bool IsFromEnvironment { get; private init; }

    /// <summary>
    /// Takes the settings that the Python library's services use from the environment: <c>JWT_KEY_PRIVATE</c>,
    /// <c>JWT_KEY_PUBLIC</c> and <c>JWT_TOKEN_TTL</c> (in seconds). Variables that are missing or empty are left at their defaults.
    /// </summary>
    /// <exception cref="ApiJwtException"><c>JWT_TOKEN_TTL</c> is not a whole number of seconds.</exception>
    public static ApiJwtOptions FromEnvironment()
    {
        var options = new ApiJwtOptions { IsFromEnvironment = true, PrivateKey = Read(PrivateKeyVariable) };
        if (Read(PublicKeyVariable) is { } publicKeys)
            options.PublicKeys.Add(publicKeys);
        if (Read(TimeToLiveVariable) is { } seconds)
        {
            options.TimeToLive = long.TryParse(seconds.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long value)
                ? TimeSpan.FromSeconds(Math.Min(value, int.MaxValue * 2L))
                : throw new ApiJwtException($"{TimeToLiveVariable} is not a whole number of seconds. Set it to one, such as 3600, or leave it out.");
        }

        return options;
    }

    private static string? Read(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    /// <summary>All that is wrong with the values other than the keys, in one exception.</summary>
    internal void Validate()
    {
        List<string> faults = [];
        if (TimeToLive < TimeSpan.FromSeconds(1) || TimeToLive > LongestTimeToLive)
            faults.Add($"{NameOf(nameof(TimeToLive), TimeToLiveVariable)} must be between 1 second and {LongestTimeToLive.TotalDays} days.");
        else if (TimeToLive > MaxTimeToLive)
            faults.Add($"{NameOf(nameof(TimeToLive), TimeToLiveVariable)} must not be longer than {NameOf(nameof(MaxTimeToLive))}.");
        if (MaxTimeToLive < TimeSpan.FromSeconds(1) || MaxTimeToLive > LongestTimeToLive)
            faults.Add($"{NameOf(nameof(MaxTimeToLive))} must be between 1 second and {LongestTimeToLive.TotalDays} days.");
        if (Issuers.Any(string.IsNullOrEmpty))
            faults.Add($"{NameOf(nameof(Issuers))} has an empty entry. Name an issuer, or leave the list empty to accept every issuer of a trusted key.");
        if (Audience is { } audience && (audience.Length == 0 || !WireText.IsWellFormed(audience)))
            faults.Add($"{NameOf(nameof(Audience))} must be a non-empty text of whole Unicode characters. Leave it null for tokens without an audience.");
        if (ClockSkew < TimeSpan.Zero || ClockSkew > LongestClockSkew)
            faults.Add($"{NameOf(nameof(ClockSkew))} must be between zero and {LongestClockSkew.TotalMinutes} minutes.");
        if (MaxTokenLength is < 512 or > 1024 * 1024)
            faults.Add($"{NameOf(nameof(MaxTokenLength))} must be between 512 and {1024 * 1024} characters.");
        if (VerifiedTokenCacheSize is < 0 or > 1_000_000)
            faults.Add($"{NameOf(nameof(VerifiedTokenCacheSize))} must be between 0, which switches the cache off, and 1000000 tokens.");
        if (TimeProvider is null)
            faults.Add($"{NameOf(nameof(TimeProvider))} must not be null. Leave it out for the system clock.");
        if (JwksUri is { } address && FaultOf(address) is { } fault)
            faults.Add($"{NameOf(nameof(JwksUri))} {fault}");
        if (faults.Count > 0)
            throw new ApiJwtException(string.Join(" ", faults));
    }

    internal string NameOf(string property, string? variable = null) =>
        IsFromEnvironment && variable is not null ? variable
        : ConfigurationSection is null ? $"ApiJwtOptions.{property}"
        : ConfigurationSection.Length == 0 ? property
        : $"{ConfigurationSection}:{property}";

    private string? FaultOf(Uri address)
    {
        bool isSafe = address.IsAbsoluteUri && address.Scheme switch
        {
            "https" => true,
            "http" => address.IsLoopback || AllowHttpJwksUri,
            "https+http" or "http+https" => CreateHttpClient is not null,
            _ => false,
        };
        return !isSafe ? $"must be an absolute https address: whoever can change a key set on its way can sign any token. http is for this machine's own addresses, such as localhost; for a protected network, set {NameOf(nameof(AllowHttpJwksUri))}."
            : address.UserInfo.Length > 0 || address.Query.Length > 0 ? "must have no user name and no query: it stands in log lines. Public keys need no secret to be read."
            : null;
    }
}
