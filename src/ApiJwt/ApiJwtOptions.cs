using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
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

    internal const string PrivateKeyFileVariable = "JWT_KEY_PRIVATE_FILE";

    internal const string PublicKeyFileVariable = "JWT_KEY_PUBLIC_FILE";

    internal const string TimeToLiveVariable = "JWT_TOKEN_TTL";

    internal static readonly TimeSpan LongestTimeToLive = TimeSpan.FromDays(366);

    /// <summary>
    /// The RSA key that tokens are signed with, of 2048 bits or more. Leave it out of every service that only verifies. Not serialized to
    /// JSON.
    /// </summary>
    /// <remarks>
    /// PEM (PKCS#8 or PKCS#1), base64 of PEM, or base64 of DER. Literal <c>\n</c>, CRLF, text around the block, and quotes or blanks around
    /// the whole do not matter; nor does the certificate of the key beside it. A service with a private key verifies its own tokens
    /// without being given the public half.
    /// </remarks>
    [JsonIgnore]
    public string? PrivateKey { get; set; }

    /// <summary>
    /// The path of a file with the key that tokens are signed with, in place of <see cref="PrivateKey"/>, as containers mount secrets.
    /// <see langword="null"/> by default.
    /// </summary>
    /// <remarks>
    /// <para>The file holds what <see cref="PrivateKey"/> would, in UTF-8 or UTF-16, or DER. It is looked at every two seconds. A key that
    /// replaces it signs from then on, and tokens of the key before it stay valid here, until that is removed with
    /// <see cref="KeyRing.Remove"/> or the service restarts. A file that cannot be used changes nothing: see
    /// <see cref="KeyRing.FileStatus"/>.</para>
    /// <para>The library keeps no copy of the text: what it read is overwritten.</para>
    /// </remarks>
    public string? PrivateKeyFile { get; set; }

    /// <summary>
    /// The path of a PKCS#12 file (.pfx, .p12) with a certificate whose RSA key tokens are signed with, in place of
    /// <see cref="PrivateKey"/>. It is followed as <see cref="PrivateKeyFile"/> is. <see langword="null"/> by default.
    /// </summary>
    /// <remarks>
    /// The file holds one private key. Of the certificate only the key is used: dates and issuer are not checked. Windows and Linux keep the
    /// key in memory alone; macOS has a temporary key chain for it.
    /// </remarks>
    public string? CertificateFile { get; set; }

    /// <summary>The password of <see cref="CertificateFile"/>; <see langword="null"/> by default: the file has none. Not serialized to JSON.</summary>
    [JsonIgnore]
    public string? CertificatePassword { get; set; }

    /// <summary>
    /// Signs in place of <see cref="PrivateKey"/>, with a key that stays where it is: in a hardware module, a key vault, a certificate
    /// store. <see langword="null"/> by default. Not serialized to JSON.
    /// </summary>
    /// <remarks>Every signature is checked with the signer's public key before a token is given out.</remarks>
    [JsonIgnore]
    public TokenSigner? Signer { get; set; }

    /// <summary>The RSA keys that tokens are verified with, of 2048 bits or more each.</summary>
    /// <remarks>
    /// PEM (SubjectPublicKeyInfo, PKCS#1 or an X.509 certificate), base64 of PEM, or base64 of DER; one text may hold several
    /// PEM blocks, or be a JSON array of such texts. Of a certificate only the key is used: dates and issuer are not checked. Of a
    /// certificate chain in one text only the leaf counts.
    /// </remarks>
    public IList<string> PublicKeys { get; } = [];

    /// <summary>The paths of files with keys that tokens are verified with, in place of <see cref="PublicKeys"/>. Empty by default.</summary>
    /// <remarks>
    /// Each file holds what an entry of <see cref="PublicKeys"/> would, in UTF-8 or UTF-16, or DER. They are looked at every two seconds, and
    /// a key that no file has any more verifies no token from then on. Files of which one cannot be used change nothing: see
    /// <see cref="KeyRing.FileStatus"/>.
    /// </remarks>
    public IList<string> PublicKeyFiles { get; } = [];

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
    /// Whether <see cref="JwksUri"/>, <see cref="RevocationsUri"/> and the issuer of <c>MapDiscovery</c> may be plain HTTP to another machine;
    /// <see langword="false"/> by default. Whoever can change the key set on its way can sign any token: set it only where the network itself is
    /// protected, such as in a service mesh.
    /// </summary>
    public bool AllowHttpJwksUri { get; set; }

    /// <summary>
    /// Gives the HTTP client for each fetch of <see cref="JwksUri"/> and <see cref="RevocationsUri"/>, for a proxy, a client certificate or service discovery.
    /// <see langword="null"/> by default: then the library has a client of its own, which follows no redirect.
    /// </summary>
    /// <remarks>The clients are not disposed. Let them follow no redirect either: it could lead to another server's keys.</remarks>
    [JsonIgnore]
    public Func<HttpClient>? CreateHttpClient { get; set; }

    /// <summary>
    /// The <c>iss</c> claims that are accepted. Empty by default: then every issuer is accepted whose tokens a trusted key signed, as in
    /// the Python library.
    /// </summary>
    /// <remarks>With a list, a token of another issuer, or of none, is refused (<see cref="TokenFailure.InvalidIssuer"/>).</remarks>
    public IList<string> Issuers { get; } = [];

    /// <summary>How long a token is valid if its request does not say; 1 hour by default, 1 second to 366 days.</summary>
    /// <remarks>In configuration, <c>01:00:00</c> is an hour. .NET reads a bare <c>3600</c> as 3600 days, which is refused.</remarks>
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The longest time that a token may be valid, for <see cref="TimeToLive"/> and for <see cref="TokenRequest.TimeToLive"/>; 366 days by
    /// default, which is the most, 1 second at least.
    /// </summary>
    public TimeSpan MaxTimeToLive { get; set; } = LongestTimeToLive;

    /// <summary>
    /// The <c>aud</c> claim: written into every token whose request names no other, and accepted. <see langword="null"/> by default: then none
    /// is written.
    /// </summary>
    /// <remarks>Where no audience is accepted, a token that names one is refused (RFC 7519, section 4.1.3).</remarks>
    public string? Audience { get; set; }

    /// <summary>More audiences that are accepted, beside <see cref="Audience"/>. Empty by default.</summary>
    public IList<string> AcceptedAudiences { get; } = [];

    /// <summary>
    /// Whether a token without <c>aud</c> is refused where an audience is accepted; <see langword="true"/> by default. Set it to
    /// <see langword="false"/> for the time in which an audience is introduced.
    /// </summary>
    public bool RequireAudience { get; set; } = true;

    /// <summary>The type (<c>typ</c>) that is written into the header of tokens, and accepted; <c>JWT</c> by default. <c>at+jwt</c> is that of RFC 9068.</summary>
    /// <remarks>Case and a prefix <c>application/</c> do not matter (RFC 7515, section 4.1.9). A token without a type counts as a <c>JWT</c>.</remarks>
    public string TokenType { get; set; } = "JWT";

    /// <summary>More types that are accepted, beside <see cref="TokenType"/>, such as <c>at+jwt</c>. Empty by default.</summary>
    public IList<string> AcceptedTokenTypes { get; } = [];

    /// <summary>
    /// Whether the id of the signing key (<c>kid</c>) is written into the header of tokens; <see langword="true"/> by default. Set it to
    /// <see langword="false"/> while a service that expects the Python library's tokens fails on it.
    /// </summary>
    public bool WriteKeyId { get; set; } = true;

    /// <summary>
    /// Whether tokens without a subject (<c>sub</c>) are accepted, as some providers issue them to a client for itself;
    /// <see langword="false"/> by default. Check <see cref="VerifiedPayload.HasSubject"/> before you use the subject.
    /// </summary>
    public bool AllowMissingSubject { get; set; }

    /// <summary>
    /// Whether this service checks that the sender of a token with a claim <c>cnf</c> has the key that it names (RFC 7800, 8705, 9449);
    /// <see langword="false"/> by default: then such a token is refused, because a bearer check would make the binding worthless.
    /// </summary>
    /// <remarks>The library does not check it. The claim is in <see cref="VerifiedPayload.Extras"/>.</remarks>
    public bool ChecksTokenBinding { get; set; }

    /// <summary>
    /// The largest age of a token by its <c>iat</c>; <see langword="null"/> by default: any. When set, a token that is older, says that it
    /// was issued later than now, or does not say when, is refused. 1 second to 366 days.
    /// </summary>
    public TimeSpan? MaxAge { get; set; }

    /// <summary>
    /// Where the auth service publishes the list of withdrawn tokens (<see cref="RevocationList.ToDocumentAsync"/>), to be followed. The same
    /// addresses are allowed as for <see cref="JwksUri"/>. <see langword="null"/> by default.
    /// </summary>
    /// <remarks>
    /// Until the list has been fetched once, tokens are refused as <see cref="TokenFailure.RevocationsUnavailable"/>. After that the last
    /// good one stays in use while fetching fails. It must be signed with a key that this service verifies tokens with.
    /// </remarks>
    public Uri? RevocationsUri { get; set; }

    /// <summary>How often <see cref="RevocationsUri"/> is asked; 5 seconds by default, 1 second to 1 hour.</summary>
    public TimeSpan RevocationsRefreshInterval { get; set; } = TimeSpan.FromSeconds(5);

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

    /// <summary>Where the time comes from; the system clock by default. Set a fake clock in tests.</summary>
    [JsonIgnore]
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Makes the meter <c>ApiJwt</c>, which counts tokens issued by key, decodes by outcome, and cache hits, and says how old the key set and the
    /// lists of withdrawn tokens are. <see langword="null"/> by default: then nothing is measured.
    /// </summary>
    [JsonIgnore]
    public IMeterFactory? MeterFactory { get; set; }

    /// <summary>Makes the logger of a class whose constructor passes none. <see langword="null"/> by default: then such a class logs nothing.</summary>
    [JsonIgnore]
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
    /// <c>JWT_KEY_PUBLIC</c> and <c>JWT_TOKEN_TTL</c> (in seconds). In place of the first two, <c>JWT_KEY_PRIVATE_FILE</c> is a path for
    /// <see cref="PrivateKeyFile"/>, and <c>JWT_KEY_PUBLIC_FILE</c> a path, or a JSON array of paths, for <see cref="PublicKeyFiles"/>.
    /// Variables that are missing or empty are left at their defaults.
    /// </summary>
    /// <returns>The options, which can still be changed.</returns>
    /// <exception cref="ApiJwtException">
    /// <c>JWT_TOKEN_TTL</c> is not a whole number of seconds, or <c>JWT_KEY_PUBLIC_FILE</c> an array of something else.
    /// </exception>
    public static ApiJwtOptions FromEnvironment()
    {
        var options = new ApiJwtOptions
        {
            IsFromEnvironment = true,
            PrivateKey = Read(PrivateKeyVariable),
            PrivateKeyFile = Read(PrivateKeyFileVariable),
        };
        if (Read(PublicKeyVariable) is { } publicKeys)
            options.PublicKeys.Add(publicKeys);
        foreach (string path in PathsIn(Read(PublicKeyFileVariable)))
            options.PublicKeyFiles.Add(path);
        if (Read(TimeToLiveVariable) is { } seconds)
        {
            options.TimeToLive = long.TryParse(seconds.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long value)
                ? TimeSpan.FromSeconds(Math.Min(value, int.MaxValue * 2L))
                : throw new ApiJwtException($"{TimeToLiveVariable} is not a whole number of seconds. Set it to one, such as 3600, or leave it out.");
        }

        return options;
    }

    private static IEnumerable<string> PathsIn(string? text)
    {
        if (text?.TrimStart().StartsWith('[') != true)
            return text is null ? [] : [text];
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return [.. json.RootElement.EnumerateArray().Select(path => path.GetString() ?? "")];
        }
        // InvalidOperationException: an element that is not a string. The exception is not kept: it may repeat the text.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new ApiJwtException($"{PublicKeyFileVariable} begins with '[' but is not a JSON array of paths. Give one path, or an array of them.");
        }
    }

    private static string? Read(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    internal string NameOf(string property, string? variable = null) =>
        IsFromEnvironment && variable is not null ? variable
        : ConfigurationSection is null ? $"ApiJwtOptions.{property}"
        : ConfigurationSection.Length == 0 ? property
        : $"{ConfigurationSection}:{property}";
}
