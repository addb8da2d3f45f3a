namespace Hudya.Tests.Readme;

#region KmsSigner
using System.Security.Cryptography;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using ApiJwts;

// A key of AWS KMS with the usage SIGN_VERIFY and the specification RSA_2048 or longer.
public sealed class KmsSigner : TokenSigner
{
    private readonly IAmazonKeyManagementService _kms;
    private readonly string _keyId;

    private KmsSigner(IAmazonKeyManagementService kms, string keyId, string publicKey)
    {
        _kms = kms;
        _keyId = keyId;
        PublicKey = publicKey;
    }

    public override string PublicKey { get; }

    public static async Task<KmsSigner> OpenAsync(IAmazonKeyManagementService kms, string keyId)
    {
        GetPublicKeyResponse key = await kms.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = keyId });
        // The identifier that an alias had at this moment: the alias may move to another key.
        return new KmsSigner(kms, key.KeyId, Convert.ToBase64String(key.PublicKey.ToArray()));
    }

    public override async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signingInput, CancellationToken cancellationToken)
    {
        SignResponse response = await _kms.SignAsync(
            new SignRequest
            {
                KeyId = _keyId,
                // KMS takes at most 4096 bytes, and a token may be longer than that.
                Message = new MemoryStream(SHA256.HashData(signingInput.Span)),
                MessageType = MessageType.DIGEST,
                SigningAlgorithm = SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256,
            },
            cancellationToken);
        return response.Signature.ToArray();
    }
}
#endregion
