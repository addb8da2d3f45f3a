namespace ApiJwts;

/// <summary>A key that signs tokens, with its public key.</summary>
internal sealed class SigningKey
{
    private readonly TokenSigner _signer;
    private readonly RsaVerifier? _check;

    private SigningKey(TokenSigner signer, RsaPublicKey publicKey, RsaVerifier? check)
    {
        _signer = signer;
        PublicKey = publicKey;
        _check = check;
    }

    public RsaPublicKey PublicKey { get; }

    /// <summary>Creates a signing key from a key pair. Its signatures need no check, because both halves come from the same source.</summary>
    public static SigningKey Of(RsaSigner signer, RsaPublicKey publicKey) => new(signer, publicKey, check: null);

    /// <summary>Creates a signing key for an external signer. Each signature is verified, because the public key may belong to another version of the key.</summary>
    public static SigningKey Of(TokenSigner signer)
    {
        var faults = new List<string>();
        IReadOnlyList<TrustedKey> publicKeys = KeySettings.ReadPublic([signer.PublicKey], $"{signer.GetType().Name}.PublicKey", isList: false, faults);
        if (faults.Count == 0 && publicKeys.Count != 1)
            faults.Add($"{signer.GetType().Name}.PublicKey: the text holds {publicKeys.Count} keys. Give the public half of the key that signs.");
        return faults.Count > 0 ? throw new KeyFormatException(faults) : new SigningKey(signer, publicKeys[0].PublicKey, new RsaVerifier(publicKeys[0].PublicKey));
    }

    /// <summary>Whether both sign with the same key by the same signer. A new external signer for the same key is a change, because the previous one may have been closed.</summary>
    public bool IsSameAs(SigningKey? other) =>
        other is not null && PublicKey.KeyId == other.PublicKey.KeyId && (_signer == other._signer || (_check is null && other._check is null));

    /// <summary>Signs the input. Completes synchronously if the signer does.</summary>
    public async ValueTask<byte[]> SignAsync(byte[] input, CancellationToken cancel)
    {
        byte[] signature;
        try
        {
            signature = await _signer.SignAsync(input, cancel).ConfigureAwait(false);
        }
        catch (Exception fault) when (_check is not null)
        {
            // Some clients of key vaults do not throw OperationCanceledException when they are cancelled.
            cancel.ThrowIfCancellationRequested();
            throw fault is OperationCanceledException or TimeoutException
                ? new TokenSigningException(TokenSigningFault.TimedOut, $"{_signer.GetType().Name} did not sign in time. Nothing was signed; try again.", fault)
                : new TokenSigningException(TokenSigningFault.Failed, $"{_signer.GetType().Name} could not sign: {fault.Message.TrimEnd('.')}. Nothing was signed.", fault);
        }

        if (_check?.Verify(input, input.Length, signature ?? []) == false)
            throw new TokenSigningException(TokenSigningFault.InvalidSignature, $"The signature of {_signer.GetType().Name} does not match its public key {PublicKey.KeyId}, so every service would refuse the token. Nothing was signed. Make the signer return the public half of the key version that signs.");
        return signature!;
    }
}
