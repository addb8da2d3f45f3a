using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using ApiJwts.Tool.Output;

namespace ApiJwts.Tool.Commands;

/// <summary>Reports a mistake in a command line, without repeating arguments that may be a token or a key.</summary>
internal static class UsageMistake
{
    // Longer than every command and option, shorter than every token and key.
    private const int LongestRepeated = 24;

    public static int Show(ParseResult command, ParseErrorAction mistake, Screen screen)
    {
        using var message = new StringWriter();
        mistake.ShowHelp = false;
        command.Invoke(new InvocationConfiguration { Output = message, Error = message });
        string text = command.Tokens.Select(token => token.Value).Concat(command.UnmatchedTokens)
            .Where(value => value.Length > LongestRepeated)
            .Aggregate(message.ToString(), (masked, value) => masked.Replace(value, "...", StringComparison.Ordinal));
        screen.Fail(text.Trim());
        screen.Say($"Run '{NameOf(command)} --help' for the usage.");
        return ExitCode.NotDone;
    }

    private static string NameOf(ParseResult command)
    {
        var names = new Stack<string>();
        for (SymbolResult? result = command.CommandResult; result is CommandResult { Command: var part }; result = result.Parent)
            names.Push(part is RootCommand ? "apijwt" : part.Name);
        return string.Join(' ', names);
    }
}
