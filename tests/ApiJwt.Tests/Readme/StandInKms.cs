using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.KeyManagementService;
using Amazon.Runtime;
using Hudya.Tests.Support;

namespace Hudya.Tests.Readme;

/// <summary>Stands in for AWS KMS. It answers the two requests of the example in the form that the documentation of KMS gives.</summary>
internal sealed class StandInKms : HttpMessageHandler
{
    private const string KeyId = "arn:aws:kms:eu-north-1:111122223333:key/one";

    private readonly RSA _key = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);

    /// <summary>Makes it answer as KMS does if the caller may not sign.</summary>
    public bool DeniesSigning { get; set; }

    /// <summary>A client of the AWS package that sends its requests to this object and opens no connection.</summary>
    public IAmazonKeyManagementService Client() => new AmazonKeyManagementServiceClient(
        new BasicAWSCredentials("id", "secret"),
        new AmazonKeyManagementServiceConfig { ServiceURL = "http://kms.invalid", HttpClientFactory = new Factory(this), MaxErrorRetry = 0 });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        JsonObject question = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!.AsObject();
        string action = request.Headers.GetValues("X-Amz-Target").Single();
        if (DeniesSigning && action == "TrentService.Sign")
            return Answer(HttpStatusCode.BadRequest, new JsonObject { ["__type"] = "AccessDeniedException", ["message"] = "not allowed to kms:Sign" });
        JsonObject answer = action switch
        {
            "TrentService.GetPublicKey" when (string?)question["KeyId"] == "alias/jwt" => new JsonObject { ["PublicKey"] = Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()) },
            "TrentService.Sign" when (string?)question["KeyId"] == KeyId => new JsonObject { ["Signature"] = Convert.ToBase64String(Sign(question)) },
            _ => throw new InvalidOperationException("This is not asked by the example."),
        };
        answer["KeyId"] = KeyId;
        return Answer(HttpStatusCode.OK, answer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _key.Dispose();
        base.Dispose(disposing);
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, JsonObject body) =>
        new(status) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.1") };

    private byte[] Sign(JsonObject question)
    {
        ((string?)question["MessageType"]).Should().Be("DIGEST");
        ((string?)question["SigningAlgorithm"]).Should().Be("RSASSA_PKCS1_V1_5_SHA_256");
        return _key.SignHash(Convert.FromBase64String((string)question["Message"]!), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private sealed class Factory(HttpMessageHandler handler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(handler, disposeHandler: false);
    }
}
