namespace ApiJwts.Tool.Keys;

/// <summary>The key pair of the user for services under development, like the key of <c>dotnet user-jwts</c>.</summary>
/// <param name="PrivateKey">The text of the private key.</param>
/// <param name="PublicKeyFile">The path of the public key.</param>
/// <param name="IsNew">Whether this call generated the pair.</param>
internal sealed record DevelopmentKey(string PrivateKey, string PublicKeyFile, bool IsNew)
{
    private const string HowToReplace = "Delete it, and the next call generates a new pair. Services must then trust the new public key.";

    /// <summary>Reads the pair of the user, and generates it at the first use.</summary>
    /// <exception cref="ApiJwtException">The key cannot be used, or other users can read it.</exception>
    public static DevelopmentKey Get()
    {
        string folder = Folder();
        string privateFile = Path.Combine(folder, "private.pem");
        bool isNew = !File.Exists(privateFile) && MakePrivate(privateFile);
        if (OwnerOnlyFile.IsOpenToOthers(privateFile))
            throw new ApiJwtException($"Others on this machine can read or change {privateFile}, and sign tokens with it. {HowToReplace}");
        string privateKey = File.ReadAllText(privateFile);
        return KeyInspection.Of(privateKey) switch
        {
            { Faults: [var fault, ..] } => throw new ApiJwtException($"{privateFile}: {fault} {HowToReplace}"),
            { IsPrivate: false } => throw new ApiJwtException($"{privateFile} contains no private key. {HowToReplace}"),
            { Keys: [var key, ..] } => new DevelopmentKey(privateKey, WritePublic(folder, key.PublicKeyPem), isNew),
            _ => throw new ApiJwtException($"{privateFile} contains no key. {HowToReplace}"),
        };
    }

    private static string Folder()
    {
        string profile = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (profile.Length == 0)
            throw new ApiJwtException("There is no profile directory to keep a development key in. Give a key with --private-key.");
        string folder = Path.Combine(profile, ".apijwt");
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }

    /// <returns>Whether this call wrote the key. Another process may write it at the same time.</returns>
    private static bool MakePrivate(string privateFile)
    {
        try
        {
            OwnerOnlyFile.Write(privateFile, RsaKeyPair.Generate().PrivateKeyPem + "\n", replace: false);
            return true;
        }
        catch (IOException) when (File.Exists(privateFile))
        {
            return false;
        }
    }

    private static string WritePublic(string folder, string publicKeyPem)
    {
        string publicFile = Path.Combine(folder, "public.pem");
        // The user may have replaced one of the two files.
        if (!File.Exists(publicFile) || File.ReadAllText(publicFile) != publicKeyPem)
            File.WriteAllText(publicFile, publicKeyPem);
        return publicFile;
    }
}
