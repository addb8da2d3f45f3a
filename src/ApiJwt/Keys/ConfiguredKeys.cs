namespace ApiJwts;

/// <summary>The keys of an <see cref="ApiJwtOptions"/>, and where it says that there are more.</summary>
internal sealed record ConfiguredKeys(IReadOnlyList<PublishedKey> PublicKeys, SigningKey? SigningKey, Uri? JwksUri)
{
    /// <summary>The files that some of the keys were read from; <see langword="null"/> if there are none.</summary>
    public KeyFiles? Files { get; private init; }

    /// <summary>Of what stood in the files.</summary>
    public string? FileDigest { get; init; }

    /// <summary>Reads the key texts and the key files of the options, all faults in one exception.</summary>
    public static ConfiguredKeys Read(ApiJwtOptions options)
    {
        var faults = new List<string>();
        string privateName = options.NameOf(nameof(options.PrivateKey), ApiJwtOptions.PrivateKeyVariable);
        string publicName = options.NameOf(nameof(options.PublicKeys), ApiJwtOptions.PublicKeyVariable);
        SigningKey? signingKey = options.Signer is { } signer ? SigningKey.Of(signer)
            : options.PrivateKey is { } text ? KeyTexts.ReadPrivate(text, privateName, faults)
            : null;
        // An environment variable is one text: a number would send people looking for a list.
        IReadOnlyList<PublishedKey> publicKeys = KeyTexts.ReadPublic(options.PublicKeys, publicName, isList: publicName != ApiJwtOptions.PublicKeyVariable, faults);
        var configured = new ConfiguredKeys(publicKeys, signingKey, options.JwksUri) { Files = KeyFiles.Of(options) };
        if (configured.Files is { } files)
        {
            using KeyFileContents contents = files.Read();
            configured = files.Parse(contents, configured, faults);
        }

        if (faults.Count > 0)
            throw new KeyFormatException(faults);
        if (configured is { PublicKeys: [], SigningKey: null, JwksUri: null })
            throw new ApiJwtException($"There is no key. Set {publicName} or {options.NameOf(nameof(options.JwksUri))} to verify tokens, or {privateName} to issue and verify them.");
        return configured;
    }
}
