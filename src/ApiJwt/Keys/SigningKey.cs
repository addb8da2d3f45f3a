using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>
/// Hands the token handler one signature provider, made once. The process-wide default factory has a cache and settings that
/// any other code in the process can change.
/// </summary>
internal sealed class SigningKey : CryptoProviderFactory
{
    private readonly SignatureProvider _provider;

    private SigningKey(RsaSecurityKey key)
    {
        CacheSignatureProviders = false;
        key.CryptoProviderFactory = this;
        // Never disposed: another thread may be signing with it. The handles go when the key set is collected.
        _provider = base.CreateForSigning(key, SecurityAlgorithms.RsaSha256, cacheProvider: false);
    }

    public static SigningCredentials CredentialsOf(RsaKey key)
    {
        var securityKey = new RsaSecurityKey(key.Parameters) { KeyId = key.Thumbprint };
        return new SigningCredentials(securityKey, SecurityAlgorithms.RsaSha256) { CryptoProviderFactory = new SigningKey(securityKey) };
    }

    public override SignatureProvider CreateForSigning(SecurityKey key, string algorithm) => _provider;

    public override SignatureProvider CreateForSigning(SecurityKey key, string algorithm, bool cacheProvider) => _provider;

    public override void ReleaseSignatureProvider(SignatureProvider signatureProvider)
    {
        // The handler gives back what it takes; this provider stays.
    }
}
