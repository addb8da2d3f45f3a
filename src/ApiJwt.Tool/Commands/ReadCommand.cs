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
    private readonly Argument<string[]> _token = TokenInput.Argument();
    private readonly Option<bool> _json = JsonOption.Create();

    public ReadCommand(Screen screen, TimeProvider time)
        : base("read", "Shows what stands in a token. Verifies nothing.")
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
        var token = UnverifiedToken.Read(TokenInput.Read(command.GetValue(_token) ?? [], _screen));
        if (command.GetValue(_json))
        {
            Screen.WriteJson(json =>
            {
                json.WriteBoolean("verified", false);
                json.WritePropertyName("header");
                token.Header.WriteTo(json);
                json.WritePropertyName("claims");
                token.Claims.WriteTo(json);
            });
            return ExitCode.Good;
        }

        _screen.Box("NOT VERIFIED", Color.Yellow, "Anyone can write a token like this one. To check it: apijwt verify --key public.pem");
        TokenFacts.Show(token, _screen, _time.GetUtcNow());
        return ExitCode.Good;
    }
}
