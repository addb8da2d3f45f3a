namespace ApiJwts;

/// <summary>Reads the key texts of a setting or of a call, and says of each key that cannot be used why.</summary>
internal static class KeyTexts
{
    /// <summary>Reads the keys that tokens are verified with.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="setting">Where they stand.</param>
    /// <param name="isList">Whether a fault names the position of its text.</param>
    /// <param name="faults">Gets a sentence for each key that cannot be used.</param>
    public static IReadOnlyList<PublishedKey> ReadPublic(IEnumerable<string> texts, string setting, bool isList, List<string> faults)
    {
        var verificationKeys = new List<PublishedKey>();
        int index = 0;
        foreach (string text in texts)
        {
            var own = new List<string>();
            verificationKeys.AddRange(PublicKeysOf(KeyText.Read(text, own), own));
            string place = isList ? $"{setting}[{index++}]" : setting;
            faults.AddRange(own.Select(fault => $"{place}: {fault}"));
        }

        return verificationKeys;
    }

    /// <summary>Reads the one key that signs.</summary>
    /// <param name="text">The text.</param>
    /// <param name="setting">Where it stands.</param>
    /// <param name="faults">Gets a sentence for each fault.</param>
    public static SigningKey? ReadPrivate(string text, string setting, List<string> faults)
    {
        var own = new List<string>();
        SigningKey? signingKey = SigningKeyOf(KeyText.Read(text, own), own);
        faults.AddRange(own.Select(fault => $"{setting}: {fault}"));
        return signingKey;
    }

    /// <summary>The keys to verify with, in what was read from one place.</summary>
    /// <param name="blocks">What was read.</param>
    /// <param name="faults">Gets a sentence for each block that cannot be used.</param>
    public static IEnumerable<PublishedKey> PublicKeysOf(IReadOnlyList<KeyBlock> blocks, List<string> faults)
    {
        foreach (KeyBlock block in blocks.Where(block => block.SigningKey is not null))
            faults.Add($"{block.Place}this is a private key where a public one belongs. Give its public half, and replace the pair if others could read this setting: openssl pkey -in key.pem -pubout");
        return blocks.Where(block => !HasIssued(block, blocks)).Select(block => new PublishedKey(block.PublicKey));
    }

    /// <summary>The one key that signs, in what was read from one place.</summary>
    /// <param name="blocks">What was read.</param>
    /// <param name="faults">Gets a sentence for each fault.</param>
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

    /// <summary>Of a certificate chain only the leaf signs: a certificate that issued another one in the same text is an authority's.</summary>
    private static bool HasIssued(KeyBlock block, IReadOnlyList<KeyBlock> blocks) =>
        block.Certificate is { } names && blocks.Any(other => other.Certificate is { } issued && names.IsIssuerOf(issued));
}
