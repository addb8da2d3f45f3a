using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ApiJwts.Tool.Commands;

/// <summary>Prints the help of System.CommandLine, and the example of the command below it.</summary>
internal sealed class HelpWithExample(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is IHasExample command)
            parseResult.InvocationConfiguration.Output.WriteLine($"Example:\n  {command.Example}\n");
        return code;
    }
}
