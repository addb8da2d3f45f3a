using System.CommandLine;
using ApiJwts.Tool.Output;
using ApiJwts.Tool.Tokens;
using Spectre.Console;

namespace ApiJwts.Tool.Commands;

/// <summary><c>apijwt read</c></summary>
internal sealed class ReadCommand : Command, IHasExample
{
    private readonly Screen _screen;
    private readonly TimeProvider _time;
    private readonly TokenArgument _token = new();
    private readonly Option<bool> _json = JsonOption.Create();

    public ReadCommand(Screen screen, TimeProvider time)
        : base("read", "Shows the header and the claims of a token. Does not verify it.")
    {
        _screen = screen;
        _time = time;
        Add(_token);
        Add(_json);
        SetAction(Run);
    }

    public string Example => "pbpaste | apijwt read";

    private int Run(ParseResult command)
    {
        var token = UnverifiedToken.Read(_token.Read(command, _screen));
        if (command.GetValue(_json))
        {
            Screen.WriteJson(json =>
            {
                json.WriteBoolean("verified", false);
                token.WriteTo(json);
            });
            return ExitCode.Good;
        }

        _screen.Box("NOT VERIFIED", Color.Yellow, "Anyone can write a token like this one. To check it: apijwt verify --key public.pem");
        TokenFacts.Show(token, _screen, _time.GetUtcNow());
        return ExitCode.Good;
    }
}
