namespace ApiJwts;

/// <summary>Validates the options, except the contents of the keys.</summary>
internal static class OptionsCheck
{
    public static readonly TimeSpan LongestClockSkew = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestRefreshInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <exception cref="ApiJwtException">A value is invalid. The message names every invalid option.</exception>
    public static void ThrowIfUnusable(ApiJwtOptions options)
    {
        var faults = new List<string>();
        CheckTimes(options, faults);
        CheckClaims(options, faults);
        CheckKeys(options, faults);
        CheckAddress(nameof(options.JwksUri), options.JwksUri, options, faults);
        CheckAddress(nameof(options.RevocationsUri), options.RevocationsUri, options, faults);
        if (options.MaxTokenLength is < 512 or > 1024 * 1024)
            faults.Add($"{options.NameOf(nameof(options.MaxTokenLength))} must be between 512 and {1024 * 1024} characters.");
        if (options.VerifiedTokenCacheSize is < 0 or > 1_000_000)
            faults.Add($"{options.NameOf(nameof(options.VerifiedTokenCacheSize))} must be between 0, which switches the cache off, and 1000000 tokens.");
        if (options.TimeProvider is null)
            faults.Add($"{options.NameOf(nameof(options.TimeProvider))} must not be null. Leave it out for the system clock.");
        if (faults.Count > 0)
            throw new ApiJwtException(string.Join(" ", faults));
    }

    private static void CheckTimes(ApiJwtOptions options, List<string> faults)
    {
        string timeToLive = options.NameOf(nameof(options.TimeToLive), ApiJwtOptions.TimeToLiveVariable);
        TimeSpan longest = ApiJwtOptions.LongestTimeToLive;
        if (options.TimeToLive < Second || options.TimeToLive > longest)
            faults.Add($"{timeToLive} must be between 1 second and {longest.TotalDays} days.");
        else if (options.TimeToLive > options.MaxTimeToLive)
            faults.Add($"{timeToLive} must not be longer than {options.NameOf(nameof(options.MaxTimeToLive))}.");
        if (options.MaxTimeToLive < Second || options.MaxTimeToLive > longest)
            faults.Add($"{options.NameOf(nameof(options.MaxTimeToLive))} must be between 1 second and {longest.TotalDays} days.");
        if (options.MaxAge < Second || options.MaxAge > longest)
            faults.Add($"{options.NameOf(nameof(options.MaxAge))} must be between 1 second and {longest.TotalDays} days. Leave it out to accept tokens of any age.");
        if (options.ClockSkew < TimeSpan.Zero || options.ClockSkew > LongestClockSkew)
            faults.Add($"{options.NameOf(nameof(options.ClockSkew))} must be between zero and {LongestClockSkew.TotalMinutes} minutes.");
        if (options.RevocationsRefreshInterval < Second || options.RevocationsRefreshInterval > LongestRefreshInterval)
            faults.Add($"{options.NameOf(nameof(options.RevocationsRefreshInterval))} must be between 1 second and {LongestRefreshInterval.TotalHours} hour.");
    }

    private static void CheckClaims(ApiJwtOptions options, List<string> faults)
    {
        if (options.Audience is { } audience && !IsText(audience))
            faults.Add($"{options.NameOf(nameof(options.Audience))} must be a non-empty string without lone surrogates. Leave it null for tokens without an audience.");
        if (!IsType(options.TokenType))
            faults.Add($"{options.NameOf(nameof(options.TokenType))} must be a media type such as JWT or at+jwt, other than the type of lists of revoked tokens.");
        if (!options.Issuers.All(IsText))
            faults.Add(Unusable(nameof(options.Issuers)));
        if (!options.AcceptedAudiences.All(IsText))
            faults.Add(Unusable(nameof(options.AcceptedAudiences)));
        if (!options.AcceptedTokenTypes.All(IsType))
            faults.Add(Unusable(nameof(options.AcceptedTokenTypes)));
        if (!options.RequireAudience && options.Audience is null && options.AcceptedAudiences.Count == 0)
            faults.Add($"{options.NameOf(nameof(options.RequireAudience))} has no effect without {options.NameOf(nameof(options.Audience))} or {options.NameOf(nameof(options.AcceptedAudiences))}. Set one of them, or leave RequireAudience out.");

        string Unusable(string property) => $"{options.NameOf(property)} has an entry that is empty or that no token can contain. Remove it.";
    }

    private static void CheckKeys(ApiJwtOptions options, List<string> faults)
    {
        string privateKeyFile = options.NameOf(nameof(options.PrivateKeyFile), ApiJwtOptions.PrivateKeyFileVariable);
        string certificateFile = options.NameOf(nameof(options.CertificateFile));
        string publicKeyFiles = options.NameOf(nameof(options.PublicKeyFiles), ApiJwtOptions.PublicKeyFileVariable);
        var signing = new List<string>();
        if (options.Signer is not null)
            signing.Add(options.NameOf(nameof(options.Signer)));
        if (options.PrivateKey is not null)
            signing.Add(options.NameOf(nameof(options.PrivateKey), ApiJwtOptions.PrivateKeyVariable));
        if (options.PrivateKeyFile is not null)
            signing.Add(privateKeyFile);
        if (options.CertificateFile is not null)
            signing.Add(certificateFile);
        foreach (string other in signing.Skip(1))
            faults.Add($"{signing[0]} and {other} are both set, but only one key can sign. Leave one of them out.");
        if (options.PublicKeys.Count > 0 && options.PublicKeyFiles.Count > 0)
            faults.Add($"{options.NameOf(nameof(options.PublicKeys), ApiJwtOptions.PublicKeyVariable)} and {publicKeyFiles} are both set. Leave one of them out.");
        if (options.CertificatePassword is not null && options.CertificateFile is null)
            faults.Add($"{options.NameOf(nameof(options.CertificatePassword))} has no effect without {certificateFile}. Set both, or neither.");
        if (options.PrivateKeyFile is { } privateKeyPath && !IsPath(privateKeyPath))
            faults.Add($"{privateKeyFile} must be the path of a file. Leave it out if there is none.");
        if (options.CertificateFile is { } certificatePath && !IsPath(certificatePath))
            faults.Add($"{certificateFile} must be the path of a file. Leave it out if there is none.");
        if (!options.PublicKeyFiles.All(IsPath))
            faults.Add($"{publicKeyFiles} has an entry that is not the path of a file. Remove it.");
    }

    private static void CheckAddress(string property, Uri? address, ApiJwtOptions options, List<string> faults)
    {
        if (address is not null && FaultOf(address, options) is { } fault)
            faults.Add($"{options.NameOf(property)} {fault}");
    }

    private static bool IsPath(string? text) => !string.IsNullOrWhiteSpace(text) && !text.Contains('\0', StringComparison.Ordinal);

    private static bool IsText(string? text) => !string.IsNullOrEmpty(text) && UnicodeText.IsWellFormed(text);

    // A token with the type of a revocation document could be passed off as a list of revoked tokens.
    private static bool IsType(string? text) => IsText(text) && !text!.Any(char.IsWhiteSpace) && !new TokenTypes([RevocationDocument.Type]).Accept(text!);

    private static string? FaultOf(Uri address, ApiJwtOptions options)
    {
        bool isSafe = address.IsAbsoluteUri && address.Scheme switch
        {
            "https" => true,
            "http" => address.IsLoopback || options.AllowHttpJwksUri,
            "https+http" or "http+https" => options.CreateHttpClient is not null,
            _ => false,
        };
        return !isSafe ? $"must be an absolute https address, because anyone who can change the response in transit can forge tokens. http is allowed for addresses of this machine, such as localhost. For a protected network, set {options.NameOf(nameof(options.AllowHttpJwksUri))}."
            : address.UserInfo.Length > 0 || address.Query.Length > 0 ? "must have no user name and no query, because the address appears in logs."
            : null;
    }
}
