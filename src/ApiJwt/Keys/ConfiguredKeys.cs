namespace ApiJwts;

/// <summary>The keys of an <see cref="ApiJwtOptions"/>, and the address of its key set.</summary>
internal sealed record ConfiguredKeys(IReadOnlyList<TrustedKey> PublicKeys, SigningKey? SigningKey, Uri? JwksUri)
{
    /// <summary>The key files; <see langword="null"/> if the options name none.</summary>
    public KeyFiles? Files { get; private init; }

    /// <summary>The digest of the contents of <see cref="Files"/>.</summary>
    public string? FileDigest { get; init; }

    /// <summary>Reads the keys and the key files of the options.</summary>
    /// <exception cref="KeyFormatException">One or more keys cannot be used. The exception has all faults.</exception>
    /// <exception cref="ApiJwtException">The options have no key.</exception>
    public static ConfiguredKeys Read(ApiJwtOptions options)
    {
        var faults = new List<string>();
        string privateName = options.NameOf(nameof(options.PrivateKey), ApiJwtOptions.PrivateKeyVariable);
        string publicName = options.NameOf(nameof(options.PublicKeys), ApiJwtOptions.PublicKeyVariable);
        SigningKey? signingKey = options.Signer is { } signer ? SigningKey.Of(signer)
            : options.PrivateKey is { } text ? KeySettings.ReadPrivate(text, privateName, faults)
            : null;
        // An environment variable is a single text, so its faults have no index.
        IReadOnlyList<TrustedKey> publicKeys = KeySettings.ReadPublic(options.PublicKeys, publicName, isList: publicName != ApiJwtOptions.PublicKeyVariable, faults);
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
