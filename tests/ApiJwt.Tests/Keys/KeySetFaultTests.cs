using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Keys;

/// <summary>Tests a key set that cannot be fetched.</summary>
public sealed class KeySetFaultTests : IDisposable
{
    private readonly KeyServer _server = new(TestKeys.Ours);
    private readonly RecordingLogger _logger = new();
    private readonly FakeTimeProvider _time = Clock.Standing();
    private readonly string _token = Forge.Claims(Forge.GoodPayload);
    private readonly string _newToken = Issued.By(TestKeys.Second);

    public static TheoryData<string, Action<KeyServer>> Faults => new()
    {
        { "answered 400", server => server.Fail(HttpStatusCode.BadRequest) },
        { "answered 503", server => server.Fail(HttpStatusCode.ServiceUnavailable) },
        { "answered 204", server => server.Fail(HttpStatusCode.NoContent) },
        { "answered 300, and redirects are not followed", server => server.Fail(HttpStatusCode.MultipleChoices) },
        { "answered with a document that is not a JSON Web Key Set", server => server.Say("no key set") },
        { "answered with a document that is not a JSON Web Key Set", server => server.Say("[]") },
        { "answered with a document that is not a JSON Web Key Set", server => server.Say("{}") },
        { "answered with a document that is not a JSON Web Key Set", server => server.Say("""{"keys":{}}""") },
        { "answered with a document that is not a JSON Web Key Set", server => server.Say("""{"keys":[],"keys":[]}""") },
        { "answered with more than 262144 bytes", server => server.Say(LongestSet + " ") },
        { "could not be fetched: Connection refused", server => server.Answer = _ => throw new HttpRequestException("failed", new InvalidOperationException("Connection refused")) },
        { "did not answer within 10 seconds", server => server.Answer = _ => throw new TaskCanceledException() },
        { "did not answer within the time limit of the HTTP client", server => server.Answer = _ => throw new TaskCanceledException("", new TimeoutException()) },
    };

    public static TheoryData<string, string, bool> LastAddresses => new()
    {
        { "https://auth.example/jwks.json", "https://auth.example/elsewhere", true },
        { "https://auth.example/jwks.json", "https://AUTH.example:443/jwks.json", true },
        { "https://auth.example/jwks.json", "http://auth.example/jwks.json", false },
        { "https://auth.example/jwks.json", "https://other.example/jwks.json", false },
        { "https://auth.example/jwks.json", "https://auth.example:8443/jwks.json", false },
        { "http://auth.example/jwks.json", "http://other.example/jwks.json", false },
        { "https+http://auth/jwks.json", "http://10.0.0.7:5000/jwks.json", true },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string LongestSet => KeyServer.SetOf(TestKeys.Ours).PadRight(256 * 1024);

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task A_fetch_that_fails_is_explained_in_the_status_and_in_the_log(string fault, Action<KeyServer> fail)
    {
        PlainJwt api = Service();
        fail(_server);

        await api.Keys.RefreshAsync(Cancel);

        api.Keys.FetchStatus.Should().BeEquivalentTo(new { KeyServer.Address, LastFetched = (DateTimeOffset?)null, Fault = fault, HasHadKeys = false, IsOutdated = false });
        Lines().Should().Equal($"6 Error The key set at https://auth.example/jwks.json {fault}. No key was fetched yet. The fetch will be retried.");
    }

    /// <summary>The HTTP client of an application can follow redirects. Its response has the last address.</summary>
    [Theory]
    [MemberData(nameof(LastAddresses))]
    public async Task An_answer_from_another_scheme_host_or_port_is_refused(string address, string lastAddress, bool isTaken)
    {
        ApiJwtOptions options = _server.Options();
        options.JwksUri = new Uri(address);
        options.AllowHttpJwksUri = true;
        var api = new PlainJwt(options);
        _server.Answer = _ => Task.FromResult(new HttpResponseMessage
        {
            Content = new StringContent(KeyServer.SetOf(TestKeys.Ours)),
            RequestMessage = new HttpRequestMessage(HttpMethod.Get, lastAddress),
        });

        await api.Keys.RefreshAsync(Cancel);

        api.Keys.FetchStatus!.HasHadKeys.Should().Be(isTaken);
        api.Keys.FetchStatus.Fault.Should().Be(isTaken ? null : "led to another scheme, host or port, and redirects are not followed. Set AllowAutoRedirect of the HTTP client to false");
    }

    [Fact]
    public async Task The_last_good_keys_stay_in_use_and_the_failure_is_logged_once()
    {
        PlainJwt api = await _server.StartServiceAsync(_time, _logger);
        _server.Fail(HttpStatusCode.NotFound);

        await api.Keys.RefreshAsync(Cancel);
        await api.Keys.RefreshAsync(Cancel);
        api.Keys.FetchStatus.Should().BeEquivalentTo(new { LastFetched = (DateTimeOffset?)_time.GetUtcNow(), Fault = "answered 404", HasHadKeys = true });
        api.Decode(_token).IsValid.Should().BeTrue("the last good keys stay in use");
        _server.Publish(TestKeys.Ours);
        await api.Keys.RefreshAsync(Cancel);
        api.Keys.FetchStatus!.Fault.Should().BeNull();

        Lines().Should().Equal(
            $"4 Information The keys changed. Verification key ids: {TestKeys.Ours.KeyId}. Signing key id: none.",
            "5 Information Fetched the key set at https://auth.example/jwks.json: 1 key, 1 usable.",
            "6 Error The key set at https://auth.example/jwks.json answered 404. The keys fetched before stay in use. The fetch will be retried.",
            "5 Information Fetched the key set at https://auth.example/jwks.json: 1 key, 1 usable.");
    }

    [Fact]
    public async Task A_key_set_that_becomes_empty_removes_the_fetched_keys()
    {
        PlainJwt api = await _server.StartServiceAsync(_time, _logger);
        _server.Publish();

        await api.Keys.RefreshAsync(Cancel);

        api.Decode(_token).Failure.Should().Be(TokenFailure.InvalidSignature);
        Lines()[^1].Should().Be("6 Error The key set at https://auth.example/jwks.json answered with 0 keys, none usable. The keys fetched before are no longer used. The fetch will be retried.");
    }

    [Fact]
    public async Task A_key_set_of_the_greatest_length_is_used()
    {
        _server.Say(LongestSet);

        (await Service().DecodeAsync(_token, Cancel)).IsValid.Should().BeTrue();
    }

    [Fact]
    public async Task The_keys_are_unavailable_until_a_key_was_fetched()
    {
        _server.Fail(HttpStatusCode.NotFound);
        PlainJwt api = Service();

        (await api.DecodeAsync(_token, Cancel)).Failure.Should().Be(TokenFailure.KeysUnavailable);
        api.Decode(_token).Failure.Should().Be(TokenFailure.KeysUnavailable);
        (await api.DecodeAsync("no token", Cancel)).Failure.Should().Be(TokenFailure.Malformed);
    }

    [Fact]
    public async Task After_a_failed_fetch_no_caller_waits_for_the_next()
    {
        PlainJwt api = await _server.StartServiceAsync(_time, _logger);
        _server.Fail(HttpStatusCode.InternalServerError);
        await api.Keys.RefreshAsync(Cancel);
        _server.Hang();

        ValueTask<DecodeResult> decoding = api.DecodeAsync(_newToken, Cancel);

        decoding.IsCompleted.Should().BeTrue();
        (await decoding).Failure.Should().Be(TokenFailure.InvalidSignature);
        await Soon.ItIsTrueAsync(() => _server.Fetches == 3);
    }

    [Fact]
    public async Task After_a_failed_fetch_tokens_of_known_keys_cause_no_fetch_for_ten_seconds()
    {
        PlainJwt api = await _server.StartServiceAsync(_time, _logger);
        _server.Fail(HttpStatusCode.InternalServerError);
        await api.Keys.RefreshAsync(Cancel);

        for (int i = 0; i < 15; i++)
        {
            (await api.DecodeAsync(_token, Cancel)).IsValid.Should().BeTrue();
            await Task.Delay(100, Cancel);
        }

        _server.Fetches.Should().Be(2);
    }

    [Fact]
    public async Task After_a_failed_fetch_the_server_is_asked_again_in_the_background()
    {
        PlainJwt api = Service();
        _server.Fail(HttpStatusCode.InternalServerError);
        await api.Keys.RefreshAsync(Cancel);
        _server.Publish(TestKeys.Ours);

        await Soon.ItIsTrueAsync(() => api.Decode(_token).IsValid);
    }

    [Fact]
    public async Task A_logger_that_throws_does_not_stop_a_fetch()
    {
        using var logger = new BrokenLogger();
        var api = new PlainJwt(_server.Options(_time), logger: logger);
        _server.Fail(HttpStatusCode.InternalServerError);
        await api.Keys.RefreshAsync(Cancel);
        _server.Publish(TestKeys.Ours);

        await api.Keys.RefreshAsync(Cancel);
        await api.Keys.RefreshAsync(Cancel);

        _server.Fetches.Should().Be(3);
    }

    public void Dispose() => _server.Dispose();

    private PlainJwt Service() => new(_server.Options(_time), logger: _logger);

    private string[] Lines() =>
        [.. _logger.Entries.Where(entry => entry.Event.Id != 3).Select(entry => $"{entry.Event.Id} {entry.Level} {entry.Text.Split('\n')[0]}")];
}
