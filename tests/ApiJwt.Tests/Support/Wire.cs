using System.Text.Json.Nodes;

namespace Hudya.Tests.Support;

/// <summary>What stands in a token, read without the library under test.</summary>
public static class Wire
{
    public static string HeaderOf(string token) => Forge.TextOf(token.Split('.')[0]);

    public static string PayloadOf(string token) => Forge.TextOf(token.Split('.')[1]);

    public static JsonObject ClaimsOf(string token) => JsonNode.Parse(PayloadOf(token))!.AsObject();

    /// <summary>The text of a claim that is a JSON string; <see langword="null"/> without the claim.</summary>
    public static string? TextOf(string token, string claim) => ClaimsOf(token)[claim]?.GetValue<string>();

    /// <summary>The order of members apart, which has no meaning in JSON.</summary>
    public static void ShouldCarry(string token, string json) =>
        JsonNode.DeepEquals(ClaimsOf(token), JsonNode.Parse(json)).Should().BeTrue("{0} is expected, not {1}", json, PayloadOf(token));
}
