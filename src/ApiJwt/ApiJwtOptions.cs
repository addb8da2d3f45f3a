using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;

namespace ApiJwts;

/// <summary>The settings of an <see cref="ApiJwt"/>: keys, lifetimes, accepted claims and limits.</summary>
/// <remarks>
/// Configuration can bind to the properties. The constructor of <see cref="ApiJwt"/> reads and validates them once, and names the
/// property that is out of bounds; later changes have no effect. Not thread-safe.
/// </remarks>
public sealed class ApiJwtOptions
{
    internal const string PrivateKeyVariable = "JWT_KEY_PRIVATE";

    internal const string PublicKeyVariable = "JWT_KEY_PUBLIC";

    internal const string PrivateKeyFileVariable = "JWT_KEY_PRIVATE_FILE";

    internal const string PublicKeyFileVariable = "JWT_KEY_PUBLIC_FILE";

    internal const string TimeToLiveVariable = "JWT_TOKEN_TTL";

    internal static readonly TimeSpan LongestTimeToLive = TimeSpan.FromDays(366);

    /// <summary>
    /// The RSA private key that signs tokens, of 2048 bits or more; <see langword="null"/> by default. Leave it unset in services that only
    /// verify. Not serialized to JSON.
    /// </summary>
    /// <remarks>
    /// The key is PEM (PKCS#8 or PKCS#1), base64 of PEM, or base64 of DER. Literal <c>\n</c>, CRLF, text outside the PEM block, and quotes or
    /// spaces around the value are accepted, and so is the certificate of the key next to it. A service with a private key also verifies
    /// its own tokens; its public key need not be configured.
    /// </remarks>
    [JsonIgnore]
    public string? PrivateKey { get; set; }

    /// <summary>
    /// The path of a file with the RSA private key that signs tokens, such as a secret that a container mounts. Set it instead of
    /// <see cref="PrivateKey"/>. <see langword="null"/> by default.
    /// </summary>
    /// <remarks>
    /// <para>The file contains the key in a form that <see cref="PrivateKey"/> accepts, in UTF-8 or UTF-16, or as DER. The library reads it
    /// every two seconds. When the file has a new key, that key signs, and this service still verifies tokens of the previous key until
    /// <see cref="KeyRing.Remove"/> removes it or the service restarts. If the file cannot be used, the previous key stays in use;
    /// <see cref="KeyRing.FileStatus"/> has the reason.</para>
    /// <para>The library overwrites the buffers that it read the text into.</para>
    /// </remarks>
    public string? PrivateKeyFile { get; set; }

    /// <summary>
    /// The path of a PKCS#12 file (.pfx, .p12) with the RSA private key that signs tokens. Set it instead of <see cref="PrivateKey"/>. Changes
    /// are detected as for <see cref="PrivateKeyFile"/>. <see langword="null"/> by default.
    /// </summary>
    /// <remarks>
    /// The file must contain exactly one private key. The dates and the issuer of its certificate are not checked. On Windows and Linux the
    /// key stays in memory; on macOS the platform stores it in a temporary keychain.
    /// </remarks>
    public string? CertificateFile { get; set; }

    /// <summary>The password of <see cref="CertificateFile"/>; <see langword="null"/>, the default, for a file without a password. Not serialized to JSON.</summary>
    [JsonIgnore]
    public string? CertificatePassword { get; set; }

    /// <summary>
    /// Signs tokens with a key that stays in a hardware security module, a key vault or a certificate store. Set it instead of
    /// <see cref="PrivateKey"/>. <see langword="null"/> by default. Not serialized to JSON.
    /// </summary>
    /// <remarks>The library verifies every signature with the signer's public key before it returns a token.</remarks>
    [JsonIgnore]
    public TokenSigner? Signer { get; set; }

    /// <summary>The RSA public keys that verify tokens, of 2048 bits or more each. Empty by default.</summary>
    /// <remarks>
    /// Each entry is PEM (SubjectPublicKeyInfo, PKCS#1 or an X.509 certificate), base64 of PEM, or base64 of DER. An entry may contain several
    /// PEM blocks, or be a JSON array of strings in these forms. The dates and the issuer of a certificate are not checked. If an entry
    /// contains a certificate chain, only the key of the leaf certificate is used.
    /// </remarks>
    public IList<string> PublicKeys { get; } = [];

    /// <summary>The paths of files with the RSA public keys that verify tokens. Set them instead of <see cref="PublicKeys"/>. Empty by default.</summary>
    /// <remarks>
    /// Each file contains what an entry of <see cref="PublicKeys"/> may contain, in UTF-8 or UTF-16, or DER. The library reads the files every
    /// two seconds. A key that is no longer in any of them stops verifying tokens. If one of the files cannot be used, the previous keys
    /// stay in use; <see cref="KeyRing.FileStatus"/> has the reason.
    /// </remarks>
    public IList<string> PublicKeyFiles { get; } = [];

    /// <summary>
    /// The address of a JSON Web Key Set (RFC 7517) with the public keys of the auth service. Its keys verify tokens in addition to
    /// <see cref="PublicKeys"/>. It must be HTTPS, or HTTP on this machine, without user name or query. <see langword="null"/> by default.
    /// </summary>
    /// <remarks>
    /// The library fetches the key set when the first token needs it, and again in the background when it is older than ten minutes. A
    /// token with an unknown <c>kid</c> also starts a fetch, at most once a second; <see cref="ApiJwt.DecodeAsync"/> waits for it. A key set may have at
    /// most 256 KiB and 32 keys for RS256. With a <see cref="CreateHttpClient"/>, the schemes <c>https+http</c> and <c>http+https</c> of service
    /// discovery are allowed too.
    /// </remarks>
    public Uri? JwksUri { get; set; }

    /// <summary>
    /// Whether <see cref="JwksUri"/>, <see cref="RevocationsUri"/> and the issuer of <c>MapDiscovery</c> may be plain HTTP on another machine;
    /// <see langword="false"/> by default. Set it only where the network is protected, such as in a service mesh: anyone who can change the
    /// key set in transit can forge tokens.
    /// </summary>
    public bool AllowHttpJwksUri { get; set; }

    /// <summary>
    /// Returns the HTTP client for each fetch of <see cref="JwksUri"/> and <see cref="RevocationsUri"/>, for a proxy, a client certificate or
    /// service discovery. <see langword="null"/> by default: the library uses its own client, which does not follow redirects. Not serialized to JSON.
    /// </summary>
    /// <remarks>The library does not dispose the clients. Disable redirects in them: a redirect could lead to the keys of another server.</remarks>
    [JsonIgnore]
    public Func<HttpClient>? CreateHttpClient { get; set; }

    /// <summary>
    /// The accepted issuers (<c>iss</c>). Empty by default: a token with a valid signature is accepted from any issuer, as in the Python
    /// library.
    /// </summary>
    /// <remarks>If there are entries, a token of another issuer, or without <c>iss</c>, is refused (<see cref="TokenFailure.InvalidIssuer"/>).</remarks>
    public IList<string> Issuers { get; } = [];

    /// <summary>The lifetime of a token whose request sets none: 1 second to 366 days, 1 hour by default.</summary>
    /// <remarks>In configuration, <c>01:00:00</c> is an hour. .NET reads a bare <c>3600</c> as 3600 days, which is refused.</remarks>
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The upper limit of <see cref="TimeToLive"/> and <see cref="TokenRequest.TimeToLive"/>: 1 second to 366 days, 366 days by default.
    /// </summary>
    public TimeSpan MaxTimeToLive { get; set; } = LongestTimeToLive;

    /// <summary>
    /// The audience (<c>aud</c>) that is accepted, and that is written into every token whose request names no other. <see langword="null"/> by
    /// default: no audience is written.
    /// </summary>
    /// <remarks>A service that accepts no audience refuses tokens with an <c>aud</c> claim (RFC 7519, section 4.1.3).</remarks>
    public string? Audience { get; set; }

    /// <summary>Audiences that are accepted in addition to <see cref="Audience"/>. Empty by default.</summary>
    public IList<string> AcceptedAudiences { get; } = [];

    /// <summary>
    /// Whether a service that accepts an audience refuses tokens without <c>aud</c>; <see langword="true"/> by default. Set it to
    /// <see langword="false"/> while you introduce an audience.
    /// </summary>
    public bool RequireAudience { get; set; } = true;

    /// <summary>The type (<c>typ</c>) that is written into the header of tokens and accepted; <c>JWT</c> by default. RFC 9068 defines <c>at+jwt</c>.</summary>
    /// <remarks>
    /// The comparison ignores case and a prefix <c>application/</c> (RFC 7515, section 4.1.9). A token without a type is treated as a
    /// <c>JWT</c>.
    /// </remarks>
    public string TokenType { get; set; } = "JWT";

    /// <summary>Types that are accepted in addition to <see cref="TokenType"/>, such as <c>at+jwt</c>. Empty by default.</summary>
    public IList<string> AcceptedTokenTypes { get; } = [];

    /// <summary>
    /// Whether the id of the signing key (<c>kid</c>) is written into the header of tokens; <see langword="true"/> by default. Set it to
    /// <see langword="false"/> while a service that expects tokens of the Python library refuses a <c>kid</c>.
    /// </summary>
    public bool WriteKeyId { get; set; } = true;

    /// <summary>
    /// Whether tokens without a subject (<c>sub</c>) are accepted; <see langword="false"/> by default. Some providers issue them for the
    /// client credentials grant. Check <see cref="VerifiedPayload.HasSubject"/> before you use the subject.
    /// </summary>
    public bool AllowMissingSubject { get; set; }

    /// <summary>
    /// Whether your code checks that the sender of a token has the key that the claim <c>cnf</c> names (RFC 7800, 8705, 9449);
    /// <see langword="false"/> by default: tokens with a <c>cnf</c> claim are refused, because accepting them as bearer tokens would remove the protection.
    /// </summary>
    /// <remarks>The library does not check the binding. Read the claim from <see cref="VerifiedPayload.Extras"/>.</remarks>
    public bool ChecksTokenBinding { get; set; }

    /// <summary>
    /// The maximum age of a token by its <c>iat</c> claim: 1 second to 366 days, or <see langword="null"/>, the default, for no limit. When
    /// set, a token is refused if it is older, if its <c>iat</c> is in the future, or if it has no <c>iat</c>.
    /// </summary>
    public TimeSpan? MaxAge { get; set; }

    /// <summary>
    /// The address of the list of revoked tokens of the auth service (<see cref="RevocationList.ToDocumentAsync"/>). The same addresses are
    /// allowed as for <see cref="JwksUri"/>. <see langword="null"/> by default.
    /// </summary>
    /// <remarks>
    /// Until the first fetch succeeds, tokens are refused as <see cref="TokenFailure.RevocationsUnavailable"/>. When a later fetch fails, the
    /// entries fetched before stay in force. The list must be signed with a key that verifies tokens in this service.
    /// </remarks>
    public Uri? RevocationsUri { get; set; }

    /// <summary>The interval between two fetches of <see cref="RevocationsUri"/>: 1 second to 1 hour, 5 seconds by default.</summary>
    public TimeSpan RevocationsRefreshInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The tolerated difference between the clocks of two services: zero to 5 minutes, zero by default. A token is valid this much before
    /// its <c>nbf</c> and after its <c>exp</c>.
    /// </summary>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>The maximum length of a token that is decoded or issued: 512 to 1048576 characters, 16384 by default.</summary>
    public int MaxTokenLength { get; set; } = 16 * 1024;

    /// <summary>
    /// The number of verified tokens that are cached, so that the next decode of the same token needs no signature check: 0 to 1000000,
    /// 1024 by default. 0 disables the cache; 1 and 2 are rounded up to 3.
    /// </summary>
    /// <remarks>
    /// The cache contains only valid tokens, by the SHA-256 of the whole token. Every decode compares <c>exp</c> and <c>nbf</c> with the
    /// clock, and a change of the keys empties the cache. A token with a payload of 160 bytes takes 0.6 KB, one of 2 KB takes 4.3 KB, and
    /// the longest token that is accepted by default takes 17 KB. A full cache of 1024 short tokens takes about 0.6 MB.
    /// </remarks>
    public int VerifiedTokenCacheSize { get; set; } = 1024;

    /// <summary>The clock; the system clock by default. Set a fake clock in tests. Not serialized to JSON.</summary>
    [JsonIgnore]
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Creates the meter <c>ApiJwt</c>, which counts issued tokens by policy key, decodes by outcome, and cache hits, and reports the age of the
    /// key set and of the lists of revoked tokens. <see langword="null"/> by default: nothing is measured. Not serialized to JSON.
    /// </summary>
    [JsonIgnore]
    public IMeterFactory? MeterFactory { get; set; }

    /// <summary>Creates the logger if the constructor of <see cref="ApiJwt"/> is given none. <see langword="null"/> by default: nothing is logged. Not serialized to JSON.</summary>
    [JsonIgnore]
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>
    /// The configuration section that these settings were read from, such as <c>Jwt</c>. Messages then name a setting by its configuration
    /// key, such as <c>Jwt:Audience</c>. <see langword="null"/> by default.
    /// </summary>
    public string? ConfigurationSection { get; set; }

    /// <summary>Whether messages name the environment variable of a setting.</summary>
    internal bool IsFromEnvironment { get; private init; }

    /// <summary>
    /// Reads the settings from the environment variables of the Python library: <c>JWT_KEY_PRIVATE</c> (<see cref="PrivateKey"/>),
    /// <c>JWT_KEY_PUBLIC</c> (<see cref="PublicKeys"/>) and <c>JWT_TOKEN_TTL</c> (<see cref="TimeToLive"/> in seconds). Two more variables name files:
    /// <c>JWT_KEY_PRIVATE_FILE</c> is a path (<see cref="PrivateKeyFile"/>), and <c>JWT_KEY_PUBLIC_FILE</c> is a path or a JSON array of paths
    /// (<see cref="PublicKeyFiles"/>). A variable that is missing or empty leaves the default.
    /// </summary>
    /// <returns>The options, which can still be changed.</returns>
    /// <exception cref="ApiJwtException">
    /// <c>JWT_TOKEN_TTL</c> is not a whole number of seconds, or <c>JWT_KEY_PUBLIC_FILE</c> is a JSON array that does not contain only strings.
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
        // InvalidOperationException: an element is not a string. The exception is not passed on, because its message may quote the variable.
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
