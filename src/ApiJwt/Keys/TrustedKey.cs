namespace ApiJwts;

/// <summary>A verification key, with the <c>kid</c> that a key set published for it; <see langword="null"/> if no key set did.</summary>
internal sealed record TrustedKey(RsaPublicKey PublicKey, string? PublishedId = null)
{
    public string KeyId => PublicKey.KeyId;

    public bool HasId(string keyId) => KeyId == keyId || PublishedId == keyId;
}
