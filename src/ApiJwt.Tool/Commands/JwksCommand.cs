using System.CommandLine;
using ApiJwts.Tool.Keys;
using ApiJwts.Tool.Output;

namespace ApiJwts.Tool.Commands;

/// <summary><c>apijwt jwks</c></summary>
internal sealed class JwksCommand : Command, IHasExample
{
    private readonly Argument<string[]> _files = new("FILE") { Arity = ArgumentArity.OneOrMore, Description = "Files with public keys or certificates, or - to pipe one in." };

    public JwksCommand()
        : base("jwks", "Prints public keys as a JSON Web Key Set, ready to be published. Refuses a private key.")
    {
        Add(_files);
        SetAction(Run);
    }

    public string Example => "apijwt jwks public.pem next.pem > jwks.json";

    private int Run(ParseResult command)
    {
        KeyInput[] inputs = [.. command.GetRequiredValue(_files).Select(file => KeyInput.FromFile(file, "FILE"))];
        KeyInspection.ThrowUnlessPublic(inputs);
        var options = new ApiJwtOptions();
        foreach (KeyInput input in inputs)
            options.PublicKeys.Add(input.Text);
        Screen.WriteLine(new VerifyingJwt(options).Keys.ToJwks());
        return ExitCode.Good;
    }
}
