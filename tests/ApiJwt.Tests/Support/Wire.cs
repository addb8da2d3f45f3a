using System.Text.Json.Nodes;

namespace Hudya.Tests.Support;

/// <summary>Reads the content of a token without the library under test.</summary>
public static class Wire
{
    public static string HeaderOf(string token) => Forge.TextOf(token.Split('.')[0]);

    public static string PayloadOf(string token) => Forge.TextOf(token.Split('.')[1]);

    public static JsonObject ClaimsOf(string token) => JsonNode.Parse(PayloadOf(token))!.AsObject();

    /// <summary>The text of a claim that is a JSON string, or <see langword="null"/> if the claim is missing.</summary>
    public static string? TextOf(string token, string claim) => ClaimsOf(token)[claim]?.GetValue<string>();

    /// <summary>Compares the payload with JSON text. The order of the members has no meaning.</summary>
    public static void ShouldCarry(string token, string json) =>
        JsonNode.DeepEquals(ClaimsOf(token), JsonNode.Parse(json)).Should().BeTrue("{0} is expected, not {1}", json, PayloadOf(token));
}
