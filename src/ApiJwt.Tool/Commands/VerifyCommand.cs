using System.CommandLine;
using System.CommandLine.Parsing;
using ApiJwts.Tool.Keys;
using ApiJwts.Tool.Output;
using ApiJwts.Tool.Tokens;

namespace ApiJwts.Tool.Commands;

/// <summary><c>apijwt verify</c></summary>
internal sealed class VerifyCommand : Command, IHasExample
{
    private readonly Screen _screen;
    private readonly TimeProvider _time;
    private readonly TokenArgument _token = new();

    private readonly Option<string[]> _keys = new("--key") { HelpName = "FILE", Description = "A file with public keys. May be given several times." };

    private readonly Option<Uri?> _jwks = new("--jwks") { HelpName = "URL", Description = "The address of a JSON Web Key Set.", CustomParser = AddressOf };

    private readonly Option<bool> _allowHttp = new("--allow-http") { Description = "Allow plain HTTP for a key set on another machine. Everyone on the network path can then replace the keys and sign any token." };

    private readonly Option<string[]> _audiences = new("--audience") { HelpName = "NAME", Description = "An audience to accept (aud). May be given several times." };

    private readonly Option<string[]> _issuers = new("--issuer") { HelpName = "NAME", Description = "An issuer to accept (iss). May be given several times. Default: any issuer." };

    private readonly Option<string[]> _types = new("--type") { HelpName = "TYPE", Description = "A token type to accept (typ), such as at+jwt. May be given several times. Default: JWT." };

    private readonly Option<bool> _json = JsonOption.Create();

    public VerifyCommand(Screen screen, TimeProvider time)
        : base("verify", "Verifies a token, and shows the reason for a refusal. Exit code 0: valid. 1: refused.")
    {
        _screen = screen;
        _time = time;
        Add(_token);
        Add(_keys);
        Add(_jwks);
        Add(_allowHttp);
        Add(_audiences);
        Add(_issuers);
        Add(_types);
        Add(_json);
        Validators.Add(CheckKeys);
        SetAction(RunAsync);
    }

    public string Example => "apijwt verify eyJhbGciOi... --key public.pem --audience shop";

    private static Uri? AddressOf(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out Uri? address))
            return address;
        result.AddError("--jwks takes an absolute address, such as https://auth.example.com/.well-known/jwks.json.");
        return null;
    }

    private void CheckKeys(CommandResult command)
    {
        if (command.GetResult(_keys) is null && command.GetResult(_jwks) is null)
            command.AddError("There is no key to verify with. Give --key FILE or --jwks URL.");
        if (command.GetResult(_allowHttp) is not null && command.GetResult(_jwks) is null)
            command.AddError("--allow-http has no effect without --jwks. Add --jwks, or remove --allow-http.");
    }

    private async Task<int> RunAsync(ParseResult command, CancellationToken cancel)
    {
        var jwt = new VerifyingJwt(OptionsOf(command));
        string token = _token.Read(command, _screen);
        DecodeResult result = await jwt.DecodeAsync(token, cancel).ConfigureAwait(false);
        var verdict = new Verdict(token, result, jwt);
        if (command.GetValue(_json))
            verdict.WriteJson();
        else
            verdict.Show(_screen, _time.GetUtcNow());
        return result.IsValid ? ExitCode.Good : ExitCode.Refused;
    }

    private ApiJwtOptions OptionsOf(ParseResult command)
    {
        KeyInput[] keys = [.. (command.GetValue(_keys) ?? []).Select(file => KeyInput.FromFile(file, "--key"))];
        KeyInspection.ThrowUnlessPublic(keys);
        var options = new ApiJwtOptions { JwksUri = command.GetValue(_jwks), AllowHttpJwksUri = command.GetValue(_allowHttp), TimeProvider = _time };
        foreach (KeyInput key in keys)
            options.PublicKeys.Add(key.Text);
        foreach (string audience in command.GetValue(_audiences) ?? [])
            options.AcceptedAudiences.Add(audience);
        foreach (string issuer in command.GetValue(_issuers) ?? [])
            options.Issuers.Add(issuer);
        if (command.GetValue(_types) is [var type, .. var more])
        {
            options.TokenType = type;
            foreach (string other in more)
                options.AcceptedTokenTypes.Add(other);
        }

        return options;
    }
}
