using System.Text.Json;
using Hudya.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hudya.Tests.Options;

/// <summary>A dump of settings ends in logs and support tickets.</summary>
public sealed class Private_keys_are_not_serialized : IDisposable
{
    private readonly ElsewhereSigner _signer = new(TestKeys.Second);
    private readonly CacheHits _meters = new();
    private readonly HttpClient _client = new();

    [Fact]
    public void With_the_options()
    {
        var options = new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, PublicKeys = { TestKeys.Ours.PublicKeyPem }, Audience = "orders" };

        string json = JsonSerializer.Serialize(options);

        json.Should().Contain("orders").And.Contain("\"PublicKeys\"");
        ShouldShowNothingOf(TestKeys.Ours, json);
    }

    /// <summary>Clock, client, meters and loggers are no settings that a text could hold.</summary>
    [Fact]
    public void With_options_that_hold_parts_of_the_program()
    {
        var options = new ApiJwtOptions
        {
            Signer = _signer,
            TimeProvider = Clock.Standing(),
            CreateHttpClient = () => _client,
            MeterFactory = _meters,
            LoggerFactory = NullLoggerFactory.Instance,
        };

        string json = JsonSerializer.Serialize(options);

        using var document = JsonDocument.Parse(json);
        document.RootElement.EnumerateObject().Select(member => member.Name).Should().NotContain(
            ["PrivateKey", "Signer", "TimeProvider", "CreateHttpClient", "MeterFactory", "LoggerFactory"]);
        ShouldShowNothingOf(TestKeys.Second, json);
    }

    [Fact]
    public void With_a_key_pair()
    {
        string json = JsonSerializer.Serialize(TestKeys.Ours);

        json.Should().Contain(TestKeys.Ours.KeyId);
        ShouldShowNothingOf(TestKeys.Ours, json);
        $"{TestKeys.Ours} {new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem }}".Should().Be("ApiJwts.RsaKeyPair ApiJwts.ApiJwtOptions");
    }

    public void Dispose()
    {
        _signer.Dispose();
        _meters.Dispose();
        _client.Dispose();
    }

    private static void ShouldShowNothingOf(RsaKeyPair pair, string json)
    {
        // Escapes of JSON would hide a line.
        string text = json.Replace("\\u002B", "+", StringComparison.Ordinal);
        text.Should().NotContainAny(pair.PrivateKeyPem.Split('\n').Where(line => line.Length > 8));
        text.Should().NotContainAny(pair.PrivateKeyForEnvironment[100..200], "PRIVATE KEY");
    }
}
