namespace Hudya.Tests.Attacks;

/// <summary>A payload that is good in 2026, of which a test spoils one claim. Its values occur nowhere else, so a leak of one shows.</summary>
public static class GoodClaims
{
    public const string Subject = "subject-of-the-corpus";

    /// <summary>The values, except those that are one or two digits and a point, which occur everywhere.</summary>
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

    /// <summary>The payload with one claim replaced, or added, as JSON text.</summary>
    public static string With(string claim, string json) => Object(All.Where(member => member.Claim != claim).Append((claim, json)));

    public static string Without(string claim) => Object(All.Where(member => member.Claim != claim));

    /// <summary>The payload with more text before its closing brace.</summary>
    public static string Plus(string members) => Json[..^1] + "," + members + "}";

    private static string Object(IEnumerable<(string Claim, string Json)> members) =>
        "{" + string.Join(",", members.Select(member => $"\"{member.Claim}\":{member.Json}")) + "}";
}
