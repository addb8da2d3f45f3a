namespace ApiJwts;

/// <summary>What signs tokens, and the public key that fits its signatures.</summary>
internal sealed record SigningKey(TokenSigner Signer, RsaPublicKey PublicKey);
