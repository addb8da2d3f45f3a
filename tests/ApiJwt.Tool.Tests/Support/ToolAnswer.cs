using System.Text.Json.Nodes;

namespace Hudya.Tests.Tool.Support;

/// <summary>What a run of the tool left behind.</summary>
public sealed record ToolAnswer(int ExitCode, string Output, string Errors)
{
    public JsonObject Json => JsonNode.Parse(Output)!.AsObject();

    /// <summary>The rows of facts, by name.</summary>
    public string Fact(string name) =>
        Output.Split('\n').Select(line => line.Trim()).Single(line => line.StartsWith($"{name}  ", StringComparison.Ordinal))[name.Length..].Trim();
}
