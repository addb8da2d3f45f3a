using System.CommandLine;
using System.CommandLine.Parsing;
using ApiJwts.Tool.Issuing;
using ApiJwts.Tool.Keys;
using ApiJwts.Tool.Output;

namespace ApiJwts.Tool.Commands;

/// <summary><c>apijwt issue</c></summary>
internal sealed class IssueCommand : Command, IHasExample
{
    private readonly Screen _screen;
    private readonly RequestOptions _request = new();

    private readonly Option<string?> _issuer = new("--issuer") { HelpName = "NAME", Description = "The issuer (iss). Default: auth_ followed by the key." };

    private readonly Option<string?> _privateKey = new("--private-key") { HelpName = "FILE", Description = "The private key to sign with. Default: your development key, which is generated at the first use." };

    private readonly Option<string?> _assembly = new("--assembly") { HelpName = "PATH", Description = "The .dll with your class derived from ApiJwt. The policy of this class then applies." };

    private readonly Option<string?> _class = new("--class") { HelpName = "NAME", Description = "The class to use, if the assembly has several." };

    private readonly Option<bool> _json = JsonOption.Create();

    public IssueCommand(Screen screen)
        : base("issue", "Issues a token for development, for example to call a service with curl.")
    {
        _screen = screen;
        foreach (Option option in _request.All)
            Add(option);
        Add(_issuer);
        Add(_privateKey);
        Add(_assembly);
        Add(_class);
        Add(_json);
        Validators.Add(Check);
        SetAction(Run);
    }

    public string Example => "curl -H \"Authorization: Bearer $(apijwt issue --subject ann --key support --scope support:mobile)\" http://localhost:5000/me";

    private void Check(CommandResult command)
    {
        if (command.GetResult(_class) is not null && command.GetResult(_assembly) is null)
            command.AddError("--class has no effect without --assembly. Add --assembly, or remove --class.");
        if (command.GetResult(_issuer) is not null && command.GetResult(_assembly) is not null)
            command.AddError("--issuer has no effect with --assembly, because the policy of the class has an issuer for each key. Remove one of the two.");
    }

    private int Run(ParseResult command)
    {
        KeyInput? file = command.GetValue(_privateKey) is { } path ? KeyInput.FromFile(path, "--private-key") : null;
        DevelopmentKey? ownKey = file is null ? DevelopmentKey.Get() : null;
        var options = new ApiJwtOptions { PrivateKey = file?.Text ?? ownKey!.PrivateKey };
        (ApiJwt jwt, TokenRequest request) = Prepare(command, options);
        IssuedToken token = jwt.Issue(request);
        if (command.GetValue(_json))
        {
            Screen.WriteJson(json =>
            {
                json.WriteString("token", token.Text);
                json.WriteString("expiresAt", token.ExpiresAt);
                json.WriteString("tokenId", token.TokenId);
                json.WriteString("keyId", jwt.Keys.SigningKeyId);
            });
        }
        else
        {
            Screen.WriteLine(token.Text);
        }

        if (ownKey is not null)
            ExplainTrust(ownKey, jwt.Keys.SigningKeyId!);
        return ExitCode.Good;
    }

    private (ApiJwt Jwt, TokenRequest Request) Prepare(ParseResult command, ApiJwtOptions options)
    {
        string? key = _request.Key(command);
        if (command.GetValue(_assembly) is { } assembly)
            return (PolicyClass.Create(PolicyAssembly.FindClass(assembly, command.GetValue(_class)), options), _request.Request(command, key));
        key ??= "user";
        TokenRequest request = _request.Request(command, key);
        return (new DevelopmentJwt(options, request, command.GetValue(_issuer) ?? $"auth_{key}", _request.Extras(command)), request);
    }

    private void ExplainTrust(DevelopmentKey key, string keyId)
    {
        if (key.IsNew)
            _screen.Say($"Generated your development key {keyId}. Only you can read the private key.");
        _screen.Say($"Signed with your development key. To let a service under development trust it, set Jwt:PublicKeys:0 to the text of {key.PublicKeyFile}:");
        _screen.Say($"  dotnet user-secrets set Jwt:PublicKeys:0 \"$(cat {key.PublicKeyFile})\"");
    }
}
