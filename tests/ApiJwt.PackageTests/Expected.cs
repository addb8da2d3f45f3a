namespace Hudya.PackageTests;

/// <summary>The output of the consumer of each package if everything works.</summary>
internal static class Expected
{
    public static Dictionary<string, string> OutputOf { get; } = new()
    {
        ["ApiJwt"] = "user@domain.com has support:mobile at level 3.1, forged InvalidSignature",
        ["ApiJwt.AspNetCore"] = "good 200, without scope 403, forged 401, keys published True",
        ["ApiJwt.OpenApi"] = "requires support:mobile, answers 200 401 403",
        ["ApiJwt.Redis"] = "while Redis is away RevocationsUnavailable, source Redis",
        ["ApiJwt.Testing"] = "good 200, without scope 403, forged 401, expired 401",
    };
}
