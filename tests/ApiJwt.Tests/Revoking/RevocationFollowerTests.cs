using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Revoking;

/// <summary>Tests a service that follows the list of revocations of its auth service.</summary>
public sealed class RevocationFollowerTests : IDisposable
{
    private const string Address = "https://auth.example/revocations";

    private readonly FakeTimeProvider _clock = Clock.Standing();
    private readonly AuthServer _server = new();
    private readonly RecordingLogger _logger = new();
    private readonly PlainJwt _auth;
    private readonly PlainJwt _api;
    private readonly IssuedToken _token;

    public RevocationFollowerTests()
    {
        _auth = DatedJwt.With(Clock.Issuing(_clock));
        _api = new PlainJwt(_server.Connect(Options()), logger: _logger);
        _token = _auth.Issue(new TokenRequest { Subject = "ann" });
        _clock.Advance(TimeSpan.FromSeconds(1));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_token_waits_for_the_list()
    {
        await PublishAsync();

        (await _api.DecodeAsync(_token.Text, Cancel)).IsValid.Should().BeTrue();

        _server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task The_list_is_fetched_in_the_background_for_a_caller_who_does_not_wait()
    {
        await PublishAsync();
        var gate = new TaskCompletionSource();
        _server.Gate = gate.Task;

        _api.Decode(_token.Text).Failure.Should().Be(TokenFailure.RevocationsUnavailable);
        gate.SetResult();
        await _api.Revocations.RefreshAsync(Cancel);

        _api.Decode(_token.Text).IsValid.Should().BeTrue();
    }

    [Fact]
    public async Task The_list_is_fetched_once_in_every_interval()
    {
        await PublishAsync();
        await _api.DecodeAsync(_token.Text, Cancel);
        _auth.Revocations.RevokeSubject("ann");
        await PublishAsync();

        _clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        for (int i = 0; i < 10; i++)
            _api.Decode(_token.Text).IsValid.Should().BeTrue();
        _server.Requests.Should().ContainSingle();
        _clock.Advance(TimeSpan.FromTicks(1));
        _api.Decode(_token.Text);
        // This waits for the fetch that the decode started.
        await _api.Revocations.RefreshAsync(Cancel);

        _api.Decode(_token.Text).Failure.Should().Be(TokenFailure.Revoked);
    }

    /// <summary>Otherwise the first token after a quiet night would be accepted, even if it had been revoked the evening before.</summary>
    [Theory]
    [InlineData(0), InlineData(4)]
    public async Task The_first_token_after_a_pause_waits_for_the_list_even_if_the_clock_was_set_back(int minutes)
    {
        var clock = new SteppingClock();
        ApiJwtOptions options = Options();
        options.TimeProvider = clock;
        var api = new PlainJwt(_server.Connect(options));
        await PublishAsync();
        await api.DecodeAsync(_token.Text, Cancel);
        _auth.Revocations.RevokeToken(_token.TokenId!, _token.ExpiresAt);
        await PublishAsync();

        clock.SetBack(TimeSpan.FromMinutes(minutes));
        clock.Advance(TimeSpan.FromSeconds(10));

        (await api.DecodeAsync(_token.Text, Cancel)).Failure.Should().Be(TokenFailure.Revoked);
    }

    [Fact]
    public async Task A_token_waits_for_the_list_again_a_minute_after_a_failed_fetch()
    {
        await LoadAsync();
        _server.Answer(AuthServer.Revocations, HttpStatusCode.InternalServerError);
        await _api.Revocations.RefreshAsync(Cancel);
        _auth.Revocations.RevokeToken(_token.TokenId!, _token.ExpiresAt);
        await PublishAsync();

        _clock.Advance(TimeSpan.FromMinutes(1));

        (await _api.DecodeAsync(_token.Text, Cancel)).Failure.Should().Be(TokenFailure.Revoked);
    }

    [Fact]
    public async Task The_list_is_transferred_only_when_it_has_changed()
    {
        await LoadAsync("\"1\"");
        await _api.Revocations.RefreshAsync(Cancel);
        _api.Revocations.Sources.Single().Fault.Should().BeNull();
        _clock.Advance(TimeSpan.FromSeconds(30));
        _api.Revocations.Sources.Single().IsOutdated.Should().BeTrue();
        await _api.Revocations.RefreshAsync(Cancel);
        _api.Revocations.Sources.Single().IsOutdated.Should().BeFalse("the answer 304 confirms that the list is current");
        _auth.Revocations.RevokeSubject("ann");
        await LoadAsync("\"2\"");
        await _api.Revocations.RefreshAsync(Cancel);

        _server.Requests.Should().Equal(null, "\"1\"", "\"1\"", "\"1\"", "\"2\"");
        _api.Decode(_token.Text).Failure.Should().Be(TokenFailure.Revoked);
    }

    /// <summary>Otherwise a cache between the services that always answers 304 would hide every later revocation.</summary>
    [Fact]
    public async Task The_whole_list_is_requested_once_the_last_one_has_expired()
    {
        await LoadAsync("\"1\"");

        _clock.Advance(TimeSpan.FromMinutes(5));
        await _api.Revocations.RefreshAsync(Cancel);

        _server.Requests.Should().Equal(null, null);
        _api.Revocations.Sources.Single().Fault.Should().Be("answered with a list that has expired, by this service's clock");
        _server.Answer(AuthServer.Revocations, HttpStatusCode.NotModified);
        await _api.Revocations.RefreshAsync(Cancel);
        _api.Revocations.Sources.Single().Fault.Should().StartWith("answered 304");
    }

    /// <summary>After the clock is set back, every later list looks older than the last one.</summary>
    [Fact]
    public async Task A_list_is_followed_after_the_clock_was_set_back()
    {
        await LoadAsync("\"1\"");

        _clock.AdjustTime(_clock.GetUtcNow().AddHours(-1));
        _auth.Revocations.RevokeSubject("bob");
        await LoadAsync("\"2\"");

        _api.Revocations.Sources.Single().Fault.Should().BeNull();
        _api.Revocations.Count.Should().Be(1);
    }

    [Fact]
    public async Task Several_instances_of_the_auth_service_may_sign_in_turn()
    {
        var second = new PlainJwt(Clock.Issuing(_clock));
        await PublishAsync();
        _clock.Advance(TimeSpan.FromSeconds(30));
        second.Revocations.RevokeSubject("bob");
        string ofSecond = await second.Revocations.ToDocumentAsync(Cancel);

        // Without changes, each instance signs again every minute, so its list may be up to a minute older.
        foreach (string document in (string[])[ofSecond, await _auth.Revocations.ToDocumentAsync(Cancel), ofSecond])
        {
            _server.Publish(AuthServer.Revocations, document);
            await _api.Revocations.RefreshAsync(Cancel);
            _api.Revocations.Sources.Single().Fault.Should().BeNull();
        }

        _api.Revocations.Entries.Should().ContainSingle().Which.SubjectHash.Should().Be(Revocation.OfSubject("bob", default, default).SubjectHash);
        Lines().Should().ContainSingle();
    }

    [Fact]
    public async Task A_list_signed_with_a_newly_published_key_is_taken()
    {
        _server.PublishKeys(AuthServer.KeySet, TestKeys.Ours);
        ApiJwtOptions options = Options();
        options.PublicKeys.Clear();
        options.JwksUri = AuthServer.KeySet;
        var api = new PlainJwt(_server.Connect(options));
        await api.Keys.RefreshAsync(Cancel);
        _server.Publish(AuthServer.Revocations, "<html>Service unavailable</html>");
        await api.Revocations.RefreshAsync(Cancel);
        _server.Requests.Should().HaveCount(2, "another key does not make a list of a page");
        _auth.Keys.Rotate(TestKeys.Second.PrivateKeyPem);
        _auth.Revocations.RevokeSubject("ann");
        _server.PublishKeys(AuthServer.KeySet, TestKeys.Ours, TestKeys.Second);
        await PublishAsync();

        await api.Revocations.RefreshAsync(Cancel);

        api.Decode(_token.Text).Failure.Should().Be(TokenFailure.Revoked);
    }

    /// <summary>Three intervals of five seconds, and the ten seconds of a fetch.</summary>
    [Fact]
    public async Task A_list_is_outdated_after_three_intervals_and_a_fetch()
    {
        await LoadAsync();

        _clock.Advance(TimeSpan.FromSeconds(25));
        _api.Revocations.Sources[0].IsOutdated.Should().BeFalse();
        _clock.Advance(TimeSpan.FromTicks(1));
        _api.Revocations.Sources[0].IsOutdated.Should().BeTrue();
    }

    [Fact]
    public async Task A_fetch_that_hangs_delays_no_token_after_the_first_list_and_a_wait_can_be_cancelled()
    {
        await PublishAsync();
        await _api.DecodeAsync(_token.Text, Cancel);
        var gate = new TaskCompletionSource();
        _server.Gate = gate.Task;
        _clock.Advance(TimeSpan.FromSeconds(5));

        // Without a wait, the call completes synchronously.
        _api.DecodeAsync(_token.Text, Cancel).AsTask().IsCompleted.Should().BeTrue();
        var late = new PlainJwt(_server.Connect(Options()));
        using var cancelled = new CancellationTokenSource();
        Task<DecodeResult> waiting = late.DecodeAsync(_token.Text, cancelled.Token).AsTask();
        await cancelled.CancelAsync();

        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>();
        gate.SetResult();
    }

    [Fact]
    public async Task The_last_good_list_is_kept_and_each_change_is_one_line_in_the_log()
    {
        _server.Answer(AuthServer.Revocations, HttpStatusCode.NotFound);
        await _api.Revocations.RefreshAsync(Cancel);
        await _api.Revocations.RefreshAsync(Cancel);
        (await _api.DecodeAsync(_token.Text, Cancel)).Failure.Should().Be(TokenFailure.RevocationsUnavailable);
        _auth.Revocations.RevokeToken(_token.TokenId!, _token.ExpiresAt);
        await LoadAsync();
        await _api.Revocations.RefreshAsync(Cancel);
        _server.Answer(AuthServer.Revocations, HttpStatusCode.MovedPermanently);
        await _api.Revocations.RefreshAsync(Cancel);
        await _api.Revocations.RefreshAsync(Cancel);
        _server.Refuse(AuthServer.Revocations);
        await _api.Revocations.RefreshAsync(Cancel);
        _api.Decode(_token.Text).Failure.Should().Be(TokenFailure.Revoked);
        _api.Decode(_auth.Encode(new TokenRequest { Subject = "ann" })).IsValid.Should().BeTrue();
        await LoadAsync();

        Lines().Should().Equal(
            (LogLevel.Error, $"The list of revoked tokens is not up to date: {Address} answered 404. Tokens are refused as RevocationsUnavailable until the first load succeeds. Loading will be retried."),
            (LogLevel.Information, $"The list of revoked tokens was loaded from {Address}."),
            (LogLevel.Error, $"The list of revoked tokens is not up to date: {Address} answered 301, and redirects are not followed. The entries loaded before stay in force. Loading will be retried."),
            (LogLevel.Error, $"The list of revoked tokens is not up to date: {Address} could not be fetched: the connection was refused. The entries loaded before stay in force. Loading will be retried."),
            (LogLevel.Information, $"The list of revoked tokens was loaded from {Address}."));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK), InlineData(HttpStatusCode.NotModified)]
    public async Task A_list_to_which_a_client_was_redirected_is_not_taken(HttpStatusCode status)
    {
        await LoadAsync("\"1\"");
        string document = await _auth.Revocations.ToDocumentAsync(Cancel);
        _server.Answer(AuthServer.Revocations, () => new HttpResponseMessage(status)
        {
            Content = new StringContent(document),
            RequestMessage = new HttpRequestMessage(HttpMethod.Get, "http://auth.example/revocations"),
        });

        await _api.Revocations.RefreshAsync(Cancel);

        _api.Revocations.Sources.Single().Fault.Should().StartWith("led to another scheme, host or port");
    }

    /// <summary>The HTTP client of an application may ignore cancellation. A fetch ends after ten seconds all the same.</summary>
    [Fact]
    public async Task A_client_that_blocks_does_not_prevent_a_later_fetch()
    {
        await LoadAsync();
        using var end = new ManualResetEventSlim();
        _server.Answer(AuthServer.Revocations, () =>
        {
            end.Wait(Cancel);
            return new HttpResponseMessage();
        });
        await _api.Revocations.RefreshAsync(Cancel).WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        _api.Revocations.Sources.Single().Fault.Should().Be("did not answer within 10 seconds");
        _api.Decode(_token.Text).IsValid.Should().BeTrue();

        _auth.Revocations.RevokeToken(_token.TokenId!, _token.ExpiresAt);
        await LoadAsync();

        _api.Decode(_token.Text).Failure.Should().Be(TokenFailure.Revoked);
        end.Set();
    }

    public void Dispose() => _server.Dispose();

    private async Task LoadAsync(string? etag = null)
    {
        await PublishAsync(etag);
        await _api.Revocations.RefreshAsync(Cancel);
    }

    private async Task PublishAsync(string? etag = null) => _server.Publish(AuthServer.Revocations, await _auth.Revocations.ToDocumentAsync(Cancel), etag);

    private ApiJwtOptions Options() => new()
    {
        PublicKeys = { TestKeys.Ours.PublicKeyPem },
        RevocationsUri = AuthServer.Revocations,
        TimeProvider = _clock,
        VerifiedTokenCacheSize = 100,
    };

    private IEnumerable<(LogLevel, string)> Lines() =>
        _logger.Entries.Where(entry => entry.Event.Id is 8 or 9).Select(entry => (entry.Level, entry.Text.Split('\n')[0]));
}
