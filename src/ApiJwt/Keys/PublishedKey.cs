namespace ApiJwts;

/// <summary>A key to verify with, and the <c>kid</c> that a key set gave it, if that is not its thumbprint.</summary>
internal sealed record PublishedKey(RsaPublicKey PublicKey, string? PublishedId = null)
{
    public string KeyId => PublicKey.KeyId;

    public bool HasId(string keyId) => KeyId == keyId || PublishedId == keyId;
}
