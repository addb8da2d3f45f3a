using System.Security.Cryptography;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using Amazon.Runtime;

namespace Hudya.Tests.Readme;

/// <summary>Stands in for AWS KMS. It answers the two requests of the example as the documentation of KMS says.</summary>
internal sealed class StandInKms()
    : AmazonKeyManagementServiceClient(new BasicAWSCredentials("id", "secret"), new AmazonKeyManagementServiceConfig { ServiceURL = "http://kms.invalid" })
{
    private const string KeyId = "arn:aws:kms:eu-north-1:111122223333:key/one";

    private static readonly RSA Key = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);

    /// <summary>Makes it answer as KMS does if the caller may not sign.</summary>
    public bool DeniesSigning { get; set; }

    public override Task<GetPublicKeyResponse> GetPublicKeyAsync(GetPublicKeyRequest request, CancellationToken cancellationToken = default)
    {
        request.KeyId.Should().Be("alias/jwt");
        return Task.FromResult(new GetPublicKeyResponse { KeyId = KeyId, PublicKey = new MemoryStream(Key.ExportSubjectPublicKeyInfo()) });
    }

    public override Task<SignResponse> SignAsync(SignRequest request, CancellationToken cancellationToken = default)
    {
        if (DeniesSigning)
            throw new AmazonKeyManagementServiceException("The caller is not allowed to kms:Sign.");
        (request.KeyId, request.MessageType, request.SigningAlgorithm).Should().Be((KeyId, MessageType.DIGEST, SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256));
        byte[] signature = Key.SignHash(request.Message.ToArray(), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return Task.FromResult(new SignResponse { KeyId = KeyId, Signature = new MemoryStream(signature) });
    }
}
