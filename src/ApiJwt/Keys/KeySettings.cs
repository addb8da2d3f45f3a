namespace ApiJwts;

/// <summary>Reads the keys of a setting or of an argument, and describes the faults of keys that cannot be used.</summary>
internal static class KeySettings
{
    /// <summary>Reads verification keys.</summary>
    /// <param name="texts">The key texts.</param>
    /// <param name="setting">The name of the setting or the argument, for faults.</param>
    /// <param name="isList">Whether faults contain the index of the text.</param>
    /// <param name="faults">A sentence is added for each key that cannot be used.</param>
    public static IReadOnlyList<TrustedKey> ReadPublic(IEnumerable<string> texts, string setting, bool isList, List<string> faults)
    {
        var verificationKeys = new List<TrustedKey>();
        int index = 0;
        foreach (string text in texts)
        {
            var own = new List<string>();
            verificationKeys.AddRange(PublicKeysOf(KeyTextReader.Read(text, own), own));
            string place = isList ? $"{setting}[{index++}]" : setting;
            faults.AddRange(own.Select(fault => $"{place}: {fault}"));
        }

        return verificationKeys;
    }

    /// <summary>Reads a signing key; <see langword="null"/> if there is not exactly one.</summary>
    /// <param name="text">The key text.</param>
    /// <param name="setting">The name of the setting or the argument, for faults.</param>
    /// <param name="faults">A sentence is added for each fault.</param>
    public static SigningKey? ReadPrivate(string text, string setting, List<string> faults)
    {
        var own = new List<string>();
        SigningKey? signingKey = SigningKeyOf(KeyTextReader.Read(text, own), own);
        faults.AddRange(own.Select(fault => $"{setting}: {fault}"));
        return signingKey;
    }

    /// <summary>The verification keys among the blocks of one text.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="faults">A sentence is added for each block that cannot be used.</param>
    public static IEnumerable<TrustedKey> PublicKeysOf(IReadOnlyList<KeyBlock> blocks, List<string> faults)
    {
        foreach (KeyBlock block in blocks.Where(block => block.SigningKey is not null))
            faults.Add($"{block.Place}this is a private key where a public one belongs. Give its public half, and replace the pair if others could read this setting: openssl pkey -in key.pem -pubout");
        return blocks.Where(block => !HasIssued(block, blocks)).Select(block => new TrustedKey(block.PublicKey));
    }

    /// <summary>The signing key among the blocks of one text; <see langword="null"/> if there is not exactly one.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="faults">A sentence is added for each fault.</param>
    public static SigningKey? SigningKeyOf(IReadOnlyList<KeyBlock> blocks, List<string> faults)
    {
        SigningKey[] signingKeys = [.. blocks.Select(block => block.SigningKey).OfType<SigningKey>()];
        if (signingKeys.Length > 1)
            faults.Add("the text holds several private keys. Give the one that signs.");
        else if (signingKeys.Length == 0 && blocks.Count > 0)
            faults.Add("this is a public key where the private one belongs. Give the private key, or leave the setting out of a service that only verifies.");
        else if (signingKeys is [var signingKey] && blocks.Count > 1 && !blocks.Any(block => block.SigningKey is null && block.PublicKey.KeyId == signingKey.PublicKey.KeyId))
            faults.Add("the certificate or public key beside the private key belongs to another key. Give the private key alone.");
        return signingKeys is [var only] ? only : null;
    }

    /// <summary>Whether a block is the certificate of an authority: it issued another certificate in the same text. Only the leaf of a chain verifies tokens.</summary>
    private static bool HasIssued(KeyBlock block, IReadOnlyList<KeyBlock> blocks) =>
        block.Certificate is { } names && blocks.Any(other => other.Certificate is { } issued && names.IsIssuerOf(issued));
}
