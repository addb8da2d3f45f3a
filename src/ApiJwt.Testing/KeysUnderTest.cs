using System.Collections.Concurrent;

namespace ApiJwts.Testing;

/// <summary>The policy keys of the services under test, and their issuers. Thread-safe.</summary>
internal static class KeysUnderTest
{
    private static readonly ConcurrentDictionary<(string Key, string Issuer), bool> IsShared = new();

    /// <summary>Adds the keys of a service that starts.</summary>
    public static void Add(ApiJwt jwt)
    {
        foreach (PolicyKey key in jwt.PolicyKeys)
            IsShared[(key.Name, key.Issuer)] = jwt.PolicyKeys.Count(other => other.Issuer == key.Issuer) > 1;
    }

    /// <summary>The issuer of a key; <see langword="null"/> if no service that was started has the key.</summary>
    /// <exception cref="ApiJwtException">Several keys share the issuer, or the services have different issuers for the key.</exception>
    public static string? FindIssuer(string key)
    {
        string[] issuers = [.. IsShared.Keys.Where(known => known.Key == key).Select(known => known.Issuer)];
        return issuers switch
        {
            [] => null,
            [var issuer] when IsShared[(key, issuer)] => throw new ApiJwtException($"Several keys have the issuer of '{key}', so the issuer does not identify the key. Call Issuer, and call Extra for the claim that names the key."),
            [var issuer] => issuer,
            _ => throw new ApiJwtException($"The key '{key}' has different issuers in several services under test. Call Issuer instead of Key."),
        };
    }

    public static string IssuerOf(string key) => FindIssuer(key)
        ?? throw new ApiJwtException($"No service under test has the key '{key}'. Known keys: {Known()}. Call TrustTestTokens, and start the test host before you create the token, or call Issuer instead of Key.");

    private static string Known() => IsShared.IsEmpty ? "none" : string.Join(", ", IsShared.Keys.Select(known => known.Key).Distinct().Order(StringComparer.Ordinal));
}
