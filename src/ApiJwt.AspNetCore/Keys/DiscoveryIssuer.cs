namespace ApiJwts.AspNetCore.Keys;

/// <summary>Checks that other software can find the metadata of an issuer and accept its tokens.</summary>
internal static class DiscoveryIssuer
{
    /// <summary>The path of the issuer, without a slash at its end.</summary>
    /// <exception cref="ApiJwtException">The issuer cannot be discovered.</exception>
    public static string PathOf(string issuer, ApiJwt jwt, bool allowsHttp)
    {
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out Uri? address) || issuer.Any(char.IsWhiteSpace) || !IsSafe(address, allowsHttp))
            throw Refuse(issuer, $"it must be an absolute https address, such as https://auth.example.com. http is allowed for loopback addresses; to allow it in a protected network, set {nameof(ApiJwtOptions.AllowHttpJwksUri)}");
        if (issuer.AsSpan().ContainsAny('?', '#') || address.UserInfo.Length > 0)
            throw Refuse(issuer, "an issuer has no user name, no query and no fragment (RFC 8414, section 2)");
        if (!address.AbsolutePath.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '-' or '.' or '_' or '~') || address.AbsolutePath.Contains("//", StringComparison.Ordinal))
            throw Refuse(issuer, "its path must consist of letters, digits and - . _ ~ between single slashes");
        if (!jwt.PolicyKeys.Any(key => key.Issuer == issuer))
            throw Refuse(issuer, $"the policy of {jwt.GetType().Name} has no key with this issuer. Its issuers are: {Listed(jwt)}. Give one of them exactly, or allow a key with this issuer by Policy.AllowKey. With Policy.AllowSharedIssuers, several keys can have one issuer");
        return address.AbsolutePath.TrimEnd('/');
    }

    private static bool IsSafe(Uri address, bool allowsHttp) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && (address.IsLoopback || allowsHttp));

    private static string Listed(ApiJwt jwt) =>
        jwt.PolicyKeys.Count == 0 ? "the built-in ones" : string.Join(", ", jwt.PolicyKeys.Select(key => key.Issuer).Distinct());

    private static ApiJwtException Refuse(string issuer, string rule) => new($"The issuer '{issuer}' of MapDiscovery cannot be used: {rule}.");
}
