namespace ApiJwts.Tool.Keys;

/// <summary>The key pair of this user that signs tokens for services under development, as <c>dotnet user-jwts</c> has one.</summary>
/// <param name="PrivateKey">The text of the private key.</param>
/// <param name="PublicKeyFile">Where the public key is.</param>
/// <param name="IsNew">Whether the pair was made just now.</param>
internal sealed record DevelopmentKey(string PrivateKey, string PublicKeyFile, bool IsNew)
{
    private const string HowToReplace = "Delete it, and the next call makes a new pair, which services must be told to trust.";

    /// <summary>The pair of this user, made at the first use.</summary>
    /// <exception cref="ApiJwtException">It cannot be used, or others can read it.</exception>
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
            { IsPrivate: false } => throw new ApiJwtException($"{privateFile} holds no private key. {HowToReplace}"),
            { Keys: [var key, ..] } => new DevelopmentKey(privateKey, WritePublic(folder, key.PublicKeyPem), isNew),
            _ => throw new ApiJwtException($"{privateFile} holds no key. {HowToReplace}"),
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

    /// <returns>Whether the key is of this call: another one may be faster at the same moment.</returns>
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
        // Written again when one of the two files was replaced.
        if (!File.Exists(publicFile) || File.ReadAllText(publicFile) != publicKeyPem)
            File.WriteAllText(publicFile, publicKeyPem);
        return publicFile;
    }
}
