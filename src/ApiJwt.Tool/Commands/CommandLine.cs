using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using ApiJwts.Tool.Output;

namespace ApiJwts.Tool.Commands;

/// <summary>Runs the commands of the tool and reports mistakes in them.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var screen = new Screen();
        // An argument such as '@ann' is a subject, not the name of a response file.
        ParseResult command = Create(screen).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (command.Action is ParseErrorAction mistake)
            return UsageMistake.Show(command, mistake, screen);
        try
        {
            return await command.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception exception) when (exception is ApiJwtException or IOException or UnauthorizedAccessException)
        {
            screen.Fail(OptionNames.InPlaceOfSettings(exception.Message));
            return ExitCode.NotDone;
        }
    }

    private static RootCommand Create(Screen screen)
    {
        var root = new RootCommand("Generates and checks keys, reads and verifies JSON Web Tokens (RS256), and issues tokens for development.")
        {
            new Command("keys", "Generates a key pair, or describes a key.")
            {
                new NewKeysCommand(screen),
                new ShowKeyCommand(screen),
            },
            new JwksCommand(),
            new ReadCommand(screen, TimeProvider.System),
            new VerifyCommand(screen, TimeProvider.System),
            new IssueCommand(screen),
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExample((HelpAction)help.Action!);
        return root;
    }
}
