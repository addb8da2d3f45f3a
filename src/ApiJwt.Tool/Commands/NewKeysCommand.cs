using System.CommandLine;
using System.Globalization;
using ApiJwts.Tool.Keys;
using ApiJwts.Tool.Output;

namespace ApiJwts.Tool.Commands;

/// <summary><c>apijwt keys new</c></summary>
internal sealed class NewKeysCommand : Command, IHasExample
{
    private readonly Screen _screen;

    private readonly Option<string?> _folder = new("--out") { HelpName = "FOLDER", Description = "The folder for the files. Default: the current folder." };

    private readonly Option<int> _bits = new("--bits") { HelpName = "BITS", Description = "2048, 3072 or 4096.", DefaultValueFactory = _ => 2048 };

    private readonly Option<bool> _environment = new("--env") { Description = "Write one file jwt.env with JWT_KEY_PRIVATE and JWT_KEY_PUBLIC instead of two PEM files." };

    private readonly Option<bool> _print = new("--print-private-key") { Description = "Print both keys, including the private key, instead of writing files. Use it to pipe them into a secret store." };

    private readonly Option<bool> _force = new("--force") { Description = "Replace existing files. The keys in them are lost." };

    public NewKeysCommand(Screen screen)
        : base("new", "Generates an RSA key pair: private.pem, which only you can read, and public.pem.")
    {
        _screen = screen;
        _bits.AcceptOnlyFromAmong("2048", "3072", "4096");
        Add(_folder);
        Add(_bits);
        Add(_environment);
        Add(_print);
        Add(_force);
        SetAction(Run);
    }

    public string Example => "apijwt keys new --out keys";

    private int Run(ParseResult command)
    {
        bool isEnvironment = command.GetValue(_environment);
        bool isPrinted = command.GetValue(_print);
        string folder = command.GetValue(_folder) ?? "";
        string privateFile = Path.Combine(folder, isEnvironment ? "jwt.env" : "private.pem");
        string publicFile = Path.Combine(folder, "public.pem");
        if (!isPrinted && !command.GetValue(_force))
            ThrowIfExists(isEnvironment ? [privateFile] : [privateFile, publicFile]);

        int bits = command.GetValue(_bits);
        var pair = RsaKeyPair.Generate(bits);
        string privateText = isEnvironment
            ? $"JWT_KEY_PRIVATE={pair.PrivateKeyForEnvironment}\nJWT_KEY_PUBLIC={pair.PublicKeyForEnvironment}\n"
            : pair.PrivateKeyPem + "\n";
        if (isPrinted)
        {
            Screen.WriteLine((isEnvironment ? privateText : $"{privateText}{pair.PublicKeyPem}").TrimEnd());
            return ExitCode.Good;
        }

        if (folder.Length > 0)
            Directory.CreateDirectory(folder);
        OwnerOnlyFile.Write(privateFile, privateText, replace: command.GetValue(_force));
        if (!isEnvironment)
            File.WriteAllText(publicFile, pair.PublicKeyPem + "\n");
        _screen.Facts(
        [
            ("made", string.Create(CultureInfo.InvariantCulture, $"RSA key pair, {bits} bits")),
            ("key id", pair.KeyId),
            ("private key", $"{privateFile}, which only you can read. Only the service that issues tokens needs it."),
            ("public key", $"{(isEnvironment ? $"JWT_KEY_PUBLIC in {privateFile}" : publicFile)}, for every service that verifies tokens."),
        ]);
        return ExitCode.Good;
    }

    private static void ThrowIfExists(string[] files)
    {
        if (Array.Find(files, File.Exists) is { } file)
            throw new ApiJwtException($"{file} already exists. Choose another folder with --out, or replace the key with --force.");
    }
}
