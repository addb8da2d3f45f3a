using System.Text.Json.Nodes;

namespace Hudya.Tests.Tool.Support;

/// <summary>The exit code and the output of a run of the tool.</summary>
public sealed record ToolAnswer(int ExitCode, string Output, string Errors)
{
    public JsonObject Json => JsonNode.Parse(Output)!.AsObject();

    /// <summary>Checks that the tool reported a mistake and nothing else. The expected text can have wildcards.</summary>
    public void ShouldBeMistake(string errors)
    {
        (ExitCode, Output).Should().Be((2, ""));
        Errors.Should().Match(errors).And.NotContain("   at ");
    }

    /// <summary>The value of the row with this name in the output.</summary>
    public string Fact(string name) =>
        Output.Split('\n').Select(line => line.Trim()).Single(line => line.StartsWith($"{name}  ", StringComparison.Ordinal))[name.Length..].Trim();
}
