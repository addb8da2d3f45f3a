using System.Collections.Concurrent;

namespace ApiJwts.Testing;

/// <summary>The keys that the policies of the services under test have, and their issuers. Thread-safe.</summary>
internal static class KeysUnderTest
{
    private static readonly ConcurrentDictionary<(string Key, string Issuer), bool> IsShared = new();

    /// <summary>Called when a service starts.</summary>
    public static void Add(ApiJwt jwt)
    {
        foreach (PolicyKey key in jwt.PolicyKeys)
            IsShared[(key.Name, key.Issuer)] = jwt.PolicyKeys.Count(other => other.Issuer == key.Issuer) > 1;
    }

    /// <summary>The issuer; <see langword="null"/> if no service that was started has the key.</summary>
    /// <exception cref="ApiJwtException">The issuer alone does not say the key, or services have several.</exception>
    public static string? FindIssuer(string key)
    {
        string[] issuers = [.. IsShared.Keys.Where(known => known.Key == key).Select(known => known.Issuer)];
        return issuers switch
        {
            [] => null,
            [var issuer] when IsShared[(key, issuer)] => throw new ApiJwtException($"Several keys have the issuer of '{key}', and it does not say which one a token is for. Call Issuer, and Extra for the claim that says the key."),
            [var issuer] => issuer,
            _ => throw new ApiJwtException($"The key '{key}' has another issuer in each of several services under test. Call Issuer in place of Key."),
        };
    }

    public static string IssuerOf(string key) => FindIssuer(key)
        ?? throw new ApiJwtException($"No service under test has the key '{key}'. Known: {Known()}. Start the test host before the token is made, with TrustTestTokens, or call Issuer in place of Key.");

    private static string Known() => IsShared.IsEmpty ? "none" : string.Join(", ", IsShared.Keys.Select(known => known.Key).Distinct().Order(StringComparer.Ordinal));
}
