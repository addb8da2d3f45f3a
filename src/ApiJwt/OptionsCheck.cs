namespace ApiJwts;

/// <summary>Says what is wrong with the values of options, other than the keys.</summary>
internal static class OptionsCheck
{
    internal static readonly TimeSpan LongestClockSkew = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <exception cref="ApiJwtException">A value cannot be used. The message names all that cannot.</exception>
    public static void ThrowIfUnusable(ApiJwtOptions options)
    {
        string[] faults = [.. Faults(options)];
        if (faults.Length > 0)
            throw new ApiJwtException(string.Join(" ", faults));
    }

    private static IEnumerable<string> Faults(ApiJwtOptions options)
    {
        string Name(string property) => options.NameOf(property);
        string timeToLive = options.NameOf(nameof(options.TimeToLive), ApiJwtOptions.TimeToLiveVariable);
        TimeSpan longest = ApiJwtOptions.LongestTimeToLive;
        if (options.TimeToLive < Second || options.TimeToLive > longest)
            yield return $"{timeToLive} must be between 1 second and {longest.TotalDays} days.";
        else if (options.TimeToLive > options.MaxTimeToLive)
            yield return $"{timeToLive} must not be longer than {Name(nameof(options.MaxTimeToLive))}.";
        if (options.MaxTimeToLive < Second || options.MaxTimeToLive > longest)
            yield return $"{Name(nameof(options.MaxTimeToLive))} must be between 1 second and {longest.TotalDays} days.";
        if (options.MaxAge < Second || options.MaxAge > longest)
            yield return $"{Name(nameof(options.MaxAge))} must be between 1 second and {longest.TotalDays} days. Leave it out to accept tokens of any age.";
        if (options.ClockSkew < TimeSpan.Zero || options.ClockSkew > LongestClockSkew)
            yield return $"{Name(nameof(options.ClockSkew))} must be between zero and {LongestClockSkew.TotalMinutes} minutes.";
        if (options.RevocationsRefreshInterval < Second || options.RevocationsRefreshInterval > TimeSpan.FromHours(1))
            yield return $"{Name(nameof(options.RevocationsRefreshInterval))} must be between 1 second and 1 hour.";
        if (options.MaxTokenLength is < 512 or > 1024 * 1024)
            yield return $"{Name(nameof(options.MaxTokenLength))} must be between 512 and {1024 * 1024} characters.";
        if (options.VerifiedTokenCacheSize is < 0 or > 1_000_000)
            yield return $"{Name(nameof(options.VerifiedTokenCacheSize))} must be between 0, which switches the cache off, and 1000000 tokens.";
        if (options.TimeProvider is null)
            yield return $"{Name(nameof(options.TimeProvider))} must not be null. Leave it out for the system clock.";
        if (options.Audience is { } audience && !IsText(audience))
            yield return $"{Name(nameof(options.Audience))} must be a non-empty text of whole Unicode characters. Leave it null for tokens without an audience.";
        if (!IsType(options.TokenType))
            yield return $"{Name(nameof(options.TokenType))} must be a media type such as JWT or at+jwt, and not the one of lists of withdrawn tokens.";
        foreach ((string property, IList<string> list, Predicate<string> isUsable) in Lists(options))
        {
            if (!list.All(entry => isUsable(entry)))
                yield return $"{Name(property)} has an entry that cannot be used: an empty one, or one that no token can have. Take it out.";
        }

        if (!options.RequireAudience && options.Audience is null && options.AcceptedAudiences.Count == 0)
            yield return $"{Name(nameof(options.RequireAudience))} decides nothing without {Name(nameof(options.Audience))} or {Name(nameof(options.AcceptedAudiences))}. Set one of them, or leave it out.";
        if (options.Signer is not null && options.PrivateKey is not null)
            yield return $"{Name(nameof(options.Signer))} and {options.NameOf(nameof(options.PrivateKey), ApiJwtOptions.PrivateKeyVariable)} are both set, and one key signs. Leave one of them out.";
        foreach ((string property, Uri? address) in (IEnumerable<(string, Uri?)>)[(nameof(options.JwksUri), options.JwksUri), (nameof(options.RevocationsUri), options.RevocationsUri)])
        {
            if (address is not null && FaultOf(address, options) is { } fault)
                yield return $"{Name(property)} {fault}";
        }
    }

    private static IEnumerable<(string Property, IList<string> List, Predicate<string> IsUsable)> Lists(ApiJwtOptions options) =>
    [
        (nameof(options.Issuers), options.Issuers, IsText),
        (nameof(options.AcceptedAudiences), options.AcceptedAudiences, IsText),
        (nameof(options.AcceptedTokenTypes), options.AcceptedTokenTypes, IsType),
    ];

    private static bool IsText(string? text) => !string.IsNullOrEmpty(text) && WireText.IsWellFormed(text);

    // A token of that type could pass for a list of withdrawn tokens.
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
        return !isSafe ? $"must be an absolute https address: whoever can change what it answers on its way can sign any token. http is for this machine's own addresses, such as localhost; for a protected network, set {options.NameOf(nameof(options.AllowHttpJwksUri))}."
            : address.UserInfo.Length > 0 || address.Query.Length > 0 ? "must have no user name and no query: it stands in log lines. What is public needs no secret to be read."
            : null;
    }
}
