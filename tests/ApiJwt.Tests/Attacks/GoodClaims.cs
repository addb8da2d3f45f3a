namespace Hudya.Tests.Attacks;

/// <summary>A payload that is valid in 2026. A test replaces one claim. Its values occur nowhere else, so that a leak is found.</summary>
public static class GoodClaims
{
    public const string Subject = "subject-of-the-corpus";

    /// <summary>The values of the claims, without the short numbers, which other texts contain by chance.</summary>
    public static readonly string[] Values =
        ["auth_user", Subject, "4102444800", "factor-of-the-corpus", "target-of-the-corpus", "scope-of-the-corpus", "other-of-the-corpus"];

    private static readonly (string Claim, string Json)[] All =
    [
        ("iss", "\"auth_user\""),
        ("sub", $"\"{Subject}\""),
        ("exp", "4102444800"),
        ("level", "\"2.0\""),
        ("factor", "\"factor-of-the-corpus\""),
        ("target", "\"target-of-the-corpus\""),
        ("dnt", "\"0\""),
        ("scopes", "\"scope-of-the-corpus,other-of-the-corpus\""),
    ];

    public static string Json { get; } = Object(All);

    /// <summary>The payload with one claim replaced or added. The value is JSON text.</summary>
    public static string With(string claim, string json) => Object(All.Where(member => member.Claim != claim).Append((claim, json)));

    public static string Without(string claim) => Object(All.Where(member => member.Claim != claim));

    /// <summary>The payload with more members before its closing brace.</summary>
    public static string Plus(string members) => Json[..^1] + "," + members + "}";

    private static string Object(IEnumerable<(string Claim, string Json)> members) =>
        "{" + string.Join(",", members.Select(member => $"\"{member.Claim}\":{member.Json}")) + "}";
}
