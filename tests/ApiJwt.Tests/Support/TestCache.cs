using System.Globalization;

namespace Hudya.Tests.Support;

/// <summary>Runs all tests with another size of the token cache, or without it. The results must be the same.</summary>
public static class TestCache
{
    private const string Variable = "APIJWT_TEST_CACHE_SIZE";

    /// <summary>The options with the cache size of this run, unless the test set another size.</summary>
    public static ApiJwtOptions Applied(ApiJwtOptions options)
    {
        if (options?.VerifiedTokenCacheSize == new ApiJwtOptions().VerifiedTokenCacheSize
            && Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } size)
        {
            options.VerifiedTokenCacheSize = int.Parse(size, CultureInfo.InvariantCulture);
        }

        return options!;
    }
}
