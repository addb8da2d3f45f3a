using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ApiJwts.Tool.Keys;
using ApiJwts.Tool.Output;

namespace ApiJwts.Tool.Commands;

/// <summary><c>apijwt keys show</c></summary>
internal sealed class ShowKeyCommand : Command, IHasExample
{
    private readonly Screen _screen;

    private readonly Argument<string> _key = new("KEY") { HelpName = "FILE|TEXT|-", Description = "A file with a key, the key's text, or - to pipe it in." };

    private readonly Option<bool> _json = JsonOption.Create();

    public ShowKeyCommand(Screen screen)
        : base("show", "Shows the kind, the length, the key id and the faults of a key. Never prints a private key.")
    {
        _screen = screen;
        Add(_key);
        Add(_json);
        SetAction(Run);
    }

    public string Example => "apijwt keys show public.pem";

    private int Run(ParseResult command)
    {
        KeyInput input = KeyInput.FromFileOrText(command.GetRequiredValue(_key));
        var inspection = KeyInspection.Of(input.Text);
        if (command.GetValue(_json))
            Screen.WriteJson(json => Write(json, inspection));
        else
            Show(input, inspection);
        if (inspection.IsPrivate && File.Exists(input.Name) && OwnerOnlyFile.IsOpenToOthers(input.Name))
            _screen.Say($"Others on this machine can read or change {input.Name}, and sign tokens with it: chmod 600 {input.Name}");
        return inspection.Faults.Count == 0 ? ExitCode.Good : ExitCode.Refused;
    }

    private static string KindOf(KeyInspection inspection) => inspection.IsPrivate ? "RSA private key" : "RSA public key";

    private static void Write(Utf8JsonWriter json, KeyInspection inspection)
    {
        json.WriteStartArray("keys");
        foreach (InspectedKey key in inspection.Keys)
        {
            json.WriteStartObject();
            json.WriteString("kind", KindOf(inspection));
            json.WriteNumber("bits", key.Bits);
            json.WriteString("keyId", key.KeyId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("faults");
        foreach (string fault in inspection.Faults)
            json.WriteStringValue(fault);
        json.WriteEndArray();
    }

    private void Show(KeyInput input, KeyInspection inspection)
    {
        _screen.Heading(input.Name);
        foreach (InspectedKey key in inspection.Keys)
        {
            _screen.Facts(
            [
                ("kind", string.Create(CultureInfo.InvariantCulture, $"{KindOf(inspection)}, {key.Bits} bits")),
                ("key id", key.KeyId),
                ("use", inspection.IsPrivate ? "Signs tokens. Only the service that issues them may have it." : "Verifies tokens. Every service may have it."),
            ]);
        }

        foreach (string fault in inspection.Faults)
            _screen.Facts([("cannot be used", fault)]);
    }
}
