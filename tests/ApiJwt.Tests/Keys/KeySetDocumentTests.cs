using System.Buffers.Text;
using System.Text.Json.Nodes;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

/// <summary>A key set can contain keys for other purposes (RFC 7517, section 5). A key that cannot be used does not affect the others.</summary>
public sealed class KeySetDocumentTests : IDisposable
{
    private readonly KeyServer _server = new();
    private readonly RecordingLogger _logger = new();

    /// <summary>The change of a key, and the reason in the log.</summary>
    public static TheoryData<string, string> Unusable => new()
    {
        { """{"kty":"EC"}""", "EC" },
        { """{"kty":"OKP"}""", "OKP" },
        { """{"kty":"oct"}""", "oct" },
        { """{"kty":"rsa"}""", "of another key type" },
        { """{"kty":null}""", "of another key type" },
        { """{"kty":1}""", "damaged" },
        { """{"use":"enc"}""", "for encryption" },
        { """{"alg":"RS512"}""", "for another algorithm" },
        { """{"key_ops":["encrypt"]}""", "not for verifying" },
        { """{"key_ops":[]}""", "not for verifying" },
        { """{"key_ops":"verify"}""", "damaged" },
        { """{"key_ops":[1]}""", "damaged" },
        { """{"d":"AQAB"}""", "with its private half" },
        { """{"d":null}""", "with its private half" },
        { """{"n":"?"}""", "damaged" },
        { """{"n":""}""", "unfit for RS256" },
        { """{"n":null}""", "unfit for RS256" },
        { """{"n":"AQAB"}""", "unfit for RS256" },
        { """{"n":"\ud800"}""", "damaged" },
        { """{"kid":"\udc00"}""", "damaged" },
        { """{"kid":1}""", "damaged" },
        { """{"e":"AQ"}""", "unfit for RS256" },
        { """{"e":"AQAB="}""", "damaged" },
        // A token without a key id is tried with each key of the set, so keys that verify slowly are refused.
        { """{"e":"AQAAAAE"}""", "too large to be fetched" },
        { $$"""{"n":"{{NumberOf(8200)}}"}""", "too large to be fetched" },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static JsonObject Key => KeyOf(TestKeys.Ours);

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task A_key_that_is_not_fit_for_RS256_is_counted_by_its_reason(string change, string reason)
    {
        // The text is changed by hand, because JSON libraries do not write lone surrogates.
        JsonObject key = Key;
        key.Remove(change.Split('"')[1]);
        string bad = change.StartsWith("{\"kty\"", StringComparison.Ordinal) ? change : $"{change[..^1]},{key.ToJsonString()[1..]}";

        await FetchedAsync($$"""{"keys":[{{bad}},{{KeyOf(TestKeys.Second).ToJsonString()}}]}""");

        Summary().Should().Be($"2 keys, 1 usable: 1 {reason}");
    }

    [Fact]
    public async Task A_set_without_a_usable_key_is_logged_with_what_it_has()
    {
        await FetchedAsync("""{"keys":[{"kty":"EC"},{"kty":"RSA","use":"enc"}]}""");

        _logger.Entries.Should().ContainSingle(entry => entry.Text.Contains("answered with 2 keys, none usable: 1 EC, 1 for encryption.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_element_that_is_no_object_is_damaged()
    {
        await FetchedAsync($$"""{"keys":[1,null,"key",[],{{Key.ToJsonString()}}]}""");

        Summary().Should().Be("5 keys, 1 usable: 4 damaged");
    }

    [Theory]
    [InlineData("""{"use":"sig"}"""), InlineData("""{"use":null,"alg":null,"kid":null}"""), InlineData("""{"alg":"RS256"}""")]
    [InlineData("""{"key_ops":["sign","verify"]}"""), InlineData("""{"x5c":["?"],"other":{}}""")]
    public async Task A_key_for_RS256_verifies(string change)
    {
        JsonObject key = Key;
        foreach ((string name, JsonNode? value) in JsonNode.Parse(change)!.AsObject())
            key[name] = value?.DeepClone();

        PlainJwt api = await FetchedAsync($$"""{"keys":[{{key.ToJsonString()}}]}""");

        api.Decode(Forge.Claims(Forge.GoodPayload)).IsValid.Should().BeTrue();
        Summary().Should().Be("1 key, 1 usable");
    }

    [Fact]
    public async Task Leading_zeros_in_a_number_of_a_key_are_ignored()
    {
        JsonObject key = Key;
        foreach (string member in (string[])["n", "e"])
            key[member] = Base64Url.EncodeToString([0, 0, .. Base64Url.DecodeFromChars((string)key[member]!)]);

        PlainJwt api = await FetchedAsync($$"""{"keys":[{{key.ToJsonString()}}]}""");

        api.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
    }

    [Fact]
    public async Task A_key_of_8192_bits_with_an_exponent_of_32_bits_is_used()
    {
        await FetchedAsync($$"""{"keys":[{"kty":"RSA","n":"{{NumberOf(8192)}}","e":"_____w"}]}""");

        Summary().Should().Be("1 key, 1 usable");
    }

    [Theory]
    [InlineData(32, null)]
    [InlineData(33, "answered with 33 keys for RS256, and at most 32 are accepted")]
    public async Task A_set_of_thirty_two_keys_is_used_and_a_larger_one_is_refused(int count, string? fault)
    {
        string keys = string.Join(',', Enumerable.Range(0, count).Select(_ => $$"""{"kty":"RSA","n":"{{NumberOf(2048)}}","e":"AQAB"}"""));

        PlainJwt api = await FetchedAsync($$"""{"keys":[{"kty":"EC"},{{keys}}]}""");

        api.Keys.FetchStatus!.Fault.Should().Be(fault);
        api.Keys.KeyIds.Should().HaveCount(fault is null ? count : 0);
    }

    [Fact]
    public async Task The_same_keys_in_another_order_do_not_count_as_a_change()
    {
        PlainJwt api = await FetchedAsync(KeyServer.SetOf(TestKeys.Ours, TestKeys.Second));

        _server.Publish(TestKeys.Second, TestKeys.Ours);
        await api.Keys.RefreshAsync(Cancel);

        _server.Fetches.Should().Be(2);
        _logger.Entries.Where(entry => entry.Event.Id is 4 or 5).Should().HaveCount(2, "each event is logged once");
    }

    public void Dispose() => _server.Dispose();

    private static JsonObject KeyOf(RsaKeyPair pair) => JsonNode.Parse(KeyServer.SetOf(pair))!["keys"]![0]!.AsObject();

    private static string NumberOf(int bits) => Base64Url.EncodeToString(KeyForge.Modulus(bits).ToByteArray(isUnsigned: true, isBigEndian: true));

    private string Summary() => _logger.Entries.Should().ContainSingle(entry => entry.Event.Id == 5).Which.Text.Split('\n')[0].Split(": ", 2)[1].TrimEnd('.');

    private async Task<PlainJwt> FetchedAsync(string set)
    {
        var api = new PlainJwt(_server.Options(), logger: _logger);
        _server.Say(set);
        await api.Keys.RefreshAsync(Cancel);
        return api;
    }
}
