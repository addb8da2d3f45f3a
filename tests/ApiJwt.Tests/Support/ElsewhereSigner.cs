using System.Security.Cryptography;

namespace Hudya.Tests.Support;

/// <summary>Stands in for a key vault. It signs as a test tells it to, and records what it was asked to sign.</summary>
public sealed class ElsewhereSigner : TokenSigner, IDisposable
{
    private readonly RSA _rsa;

    /// <param name="pair">The key pair. Only its public half is shown.</param>
    public ElsewhereSigner(RsaKeyPair pair)
    {
        _rsa = TestKeys.RsaOf(pair.PrivateKeyPem);
        PublicKey = pair.PublicKeyPem;
        Sign = (input, _) => new(SignNow(input));
    }

    public override string PublicKey { get; }

    public Func<byte[], CancellationToken, ValueTask<byte[]>> Sign { get; set; }

    public IList<byte[]> Inputs { get; } = [];

    public byte[] SignNow(byte[] input) => _rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public override ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signingInput, CancellationToken cancellationToken)
    {
        Inputs.Add(signingInput.ToArray());
        return Sign(signingInput.ToArray(), cancellationToken);
    }

    public void Dispose() => _rsa.Dispose();
}
