using System.Security.Cryptography;

namespace ApiJwts;

/// <summary>Signs synchronously with an <see cref="RSA"/>.</summary>
internal sealed class RsaSigner(RSA rsa) : TokenSigner
{
    public override string PublicKey { get; } = rsa.ExportSubjectPublicKeyInfoPem();

    public override ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signingInput, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(rsa.SignData(signingInput.Span, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }
}
