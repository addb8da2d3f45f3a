namespace ApiJwts;

/// <summary>The key files that the settings name.</summary>
internal sealed class KeyFiles
{
    private readonly KeyFile? _privateKey;
    private readonly KeyFile? _certificate;
    private readonly Pkcs12Reader _pkcs12;
    private readonly List<KeyFile> _publicKeys;

    private KeyFiles(ApiJwtOptions options)
    {
        _privateKey = FileOf(options.NameOf(nameof(options.PrivateKeyFile), ApiJwtOptions.PrivateKeyFileVariable), options.PrivateKeyFile);
        _certificate = FileOf(options.NameOf(nameof(options.CertificateFile)), options.CertificateFile);
        _pkcs12 = new Pkcs12Reader(options.CertificatePassword, options.NameOf(nameof(options.CertificatePassword)));
        string publicName = options.NameOf(nameof(options.PublicKeyFiles), ApiJwtOptions.PublicKeyFileVariable);
        // An environment variable with a single path is not a list, so its faults have no index.
        bool isList = publicName != ApiJwtOptions.PublicKeyFileVariable || options.PublicKeyFiles.Count > 1;
        _publicKeys = [.. options.PublicKeyFiles.Select((path, index) => new KeyFile(isList ? $"{publicName}[{index}]" : publicName, path))];
    }

    /// <summary>The path of the file with the signing key; <see langword="null"/> if no file has it.</summary>
    public string? SigningPath => (_privateKey ?? _certificate)?.FullPath;

    private IEnumerable<KeyFile> All => new[] { _privateKey, _certificate }.OfType<KeyFile>().Concat(_publicKeys);

    /// <summary>The key files of the options; <see langword="null"/> if they name none.</summary>
    public static KeyFiles? Of(ApiJwtOptions options) =>
        options is { PrivateKeyFile: null, CertificateFile: null, PublicKeyFiles.Count: 0 } ? null : new KeyFiles(options);

    public KeyFileContents Read() => new(All);

    /// <summary>Returns the configured keys with the keys of the files replaced.</summary>
    /// <param name="contents">The contents of the files.</param>
    /// <param name="configured">The configured keys.</param>
    /// <param name="faults">A sentence is added for each fault.</param>
    public ConfiguredKeys Parse(KeyFileContents contents, ConfiguredKeys configured, List<string> faults)
    {
        SigningKey? signingKey = configured.SigningKey;
        if (_privateKey is not null)
            signingKey = Parse(_privateKey, contents, faults, (bytes, own) => KeySettings.SigningKeyOf(KeyTextReader.Read(bytes, own), own));
        else if (_certificate is not null)
            signingKey = Parse(_certificate, contents, faults, _pkcs12.Read);
        return configured with
        {
            SigningKey = signingKey,
            PublicKeys = _publicKeys.Count == 0 ? configured.PublicKeys
                : [.. _publicKeys.SelectMany(file => Parse(file, contents, faults, (bytes, own) => KeySettings.PublicKeysOf(KeyTextReader.Read(bytes, own), own)) ?? [])],
            FileDigest = contents.Digest,
        };
    }

    private static KeyFile? FileOf(string setting, string? path) => path is null ? null : new KeyFile(setting, path);

    private static T? Parse<T>(KeyFile file, KeyFileContents contents, List<string> faults, Func<byte[], List<string>, T?> parse)
        where T : class
    {
        var own = new List<string>();
        T? parsed = null;
        if (contents.TryGet(file, out byte[]? bytes, out string? fault))
            parsed = parse(bytes, own);
        else
            own.Add(fault);
        faults.AddRange(own.Select(file.Describe));
        return parsed;
    }
}
