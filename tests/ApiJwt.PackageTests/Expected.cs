namespace Hudya.PackageTests;

/// <summary>The output of the consumers if everything works.</summary>
internal static class Expected
{
    public const string OfApiJwt = "user@domain.com has support:mobile at level 3.1, forged InvalidSignature";

    public const string OfAspNetCore = "good 200, without scope 403, forged 401, keys published True";

    public const string OfOpenApi = "requires support:mobile, answers 200 401 403";

    public const string OfRedis = "while Redis is away RevocationsUnavailable, source Redis";

    public const string OfTesting = "good 200, without scope 403, forged 401, expired 401";
}
