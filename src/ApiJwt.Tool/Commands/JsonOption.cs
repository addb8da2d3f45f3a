using System.CommandLine;

namespace ApiJwts.Tool.Commands;

/// <summary><c>--json</c></summary>
internal static class JsonOption
{
    public static Option<bool> Create() => new("--json") { Description = "Print JSON, for a script." };
}
