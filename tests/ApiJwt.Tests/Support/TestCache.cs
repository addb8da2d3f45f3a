using System.Globalization;

namespace Hudya.Tests.Support;

/// <summary>Lets a whole run of the tests go with another cache of verified tokens, or with none: it must be invisible.</summary>
public static class TestCache
{
    private const string Variable = "APIJWT_TEST_CACHE_SIZE";

    /// <summary>The options with the cache size of this run, unless the test chose one of its own.</summary>
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
