using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Keys;

/// <summary>Tests when a key set is fetched and which callers wait for it.</summary>
public sealed class KeySetFetcherTests : IDisposable
{
    private static readonly TimeSpan LongerThanTheCoolDown = TimeSpan.FromSeconds(1.5);

    private readonly KeyServer _server = new(TestKeys.Ours);
    private readonly FakeTimeProvider _time = Clock.Standing();
    private readonly string _token = Forge.Claims(Forge.GoodPayload);
    private readonly string _newToken = Issued.By(TestKeys.Second);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_who_wait_share_one_fetch()
    {
        PlainJwt api = Service();

        DecodeResult[] results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => api.DecodeAsync(_token, Cancel).AsTask(), Cancel)));

        results.Should().OnlyContain(result => result.IsValid);
        _server.Fetches.Should().Be(1);
    }

    [Fact]
    public async Task The_first_token_of_a_new_key_causes_a_fetch()
    {
        PlainJwt api = await _server.StartServiceAsync(_time);

        _server.Publish(TestKeys.Ours, TestKeys.Second);

        (await api.DecodeAsync(_newToken, Cancel)).IsValid.Should().BeTrue();
        (await api.DecodeAsync(_token, Cancel)).IsValid.Should().BeTrue();
        _server.Fetches.Should().Be(2);
    }

    /// <summary>A fetch ends after ten seconds. The key set, the list and the unknown key would each be a reason to wait for five.</summary>
    [Fact]
    public async Task A_caller_waits_five_seconds_in_all()
    {
        ApiJwtOptions options = _server.Options(_time);
        options.RevocationsUri = new Uri("https://auth.example/revocations");
        var api = new PlainJwt(options);
        await api.Keys.RefreshAsync(Cancel);
        _server.Hang();
        _time.Advance(TimeSpan.FromMinutes(21));

        (await api.DecodeAsync(_newToken, Cancel)).IsValid.Should().BeFalse();

        api.Keys.FetchStatus!.Fault.Should().BeNull("the fetch has not come to its end");
    }

    /// <summary>The running fetch was answered before the key was published.</summary>
    [Fact]
    public async Task A_token_that_arrives_during_a_fetch_causes_another_fetch()
    {
        PlainJwt api = await _server.StartServiceAsync(_time);
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Answer = _ => answer.Task;
        Task refresh = api.Keys.RefreshAsync(Cancel);
        await Soon.ItIsTrueAsync(() => _server.Fetches == 2);
        ValueTask<DecodeResult> decoding = api.DecodeAsync(_newToken, Cancel);
        Task next = api.Keys.RefreshAsync(Cancel);
        await Task.Delay(LongerThanTheCoolDown, Cancel);
        _server.Fetches.Should().Be(2, "only one fetch runs at a time");

        _server.Publish(TestKeys.Second);
        using var old = new HttpResponseMessage { Content = new StringContent(KeyServer.SetOf(TestKeys.Ours)) };
        answer.SetResult(old);

        (await decoding).IsValid.Should().BeTrue();
        await Task.WhenAll(refresh, next);
        _server.Fetches.Should().Be(3);
    }

    [Fact]
    public async Task A_caller_who_does_not_wait_starts_a_fetch_in_the_background()
    {
        PlainJwt api = Service();
        await DecodeInTheBackgroundAsync(_token, TokenFailure.KeysUnavailable);

        _server.Publish(TestKeys.Ours, TestKeys.Second);
        await DecodeInTheBackgroundAsync(_newToken, TokenFailure.InvalidSignature);

        async Task DecodeInTheBackgroundAsync(string token, TokenFailure before)
        {
            var gate = new TaskCompletionSource();
            _server.Gate = gate.Task;
            api.Decode(token).Failure.Should().Be(before);
            gate.SetResult();
            await Soon.ItIsTrueAsync(() => api.Decode(token).IsValid);
        }
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_key_set_older_than_ten_minutes_is_fetched_in_the_background(bool waits)
    {
        PlainJwt api = await _server.StartServiceAsync(_time);
        _server.Publish(TestKeys.Second);

        _time.Advance(TimeSpan.FromMinutes(10));
        (await DecodeAsync(api, waits)).IsValid.Should().BeTrue();
        _server.Fetches.Should().Be(1);
        _time.Advance(TimeSpan.FromTicks(1));
        (await DecodeAsync(api, waits)).IsValid.Should().BeTrue("the set is not yet outdated");

        await Soon.ItIsTrueAsync(() => api.Keys.KeyIds.SequenceEqual([TestKeys.Second.KeyId]));
        _server.Fetches.Should().Be(2);
    }

    [Fact]
    public async Task A_slow_background_fetch_is_not_started_twice()
    {
        PlainJwt api = await _server.StartServiceAsync(_time);
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Answer = _ => answer.Task;
        _time.Advance(TimeSpan.FromMinutes(11));
        api.Decode(_token);
        await Soon.ItIsTrueAsync(() => _server.Fetches == 2);
        api.Decode(_token);

        using var late = new HttpResponseMessage { Content = new StringContent(KeyServer.SetOf(TestKeys.Second)) };
        answer.SetResult(late);
        await Soon.ItIsTrueAsync(() => api.Keys.KeyIds.SequenceEqual([TestKeys.Second.KeyId]));

        await Task.Delay(LongerThanTheCoolDown, Cancel);
        _server.Fetches.Should().Be(2);
    }

    [Fact]
    public async Task A_key_set_older_than_twenty_minutes_is_fetched_before_the_token_is_verified()
    {
        PlainJwt api = await _server.StartServiceAsync(_time);
        _server.Publish(TestKeys.Second);

        _time.Advance(TimeSpan.FromMinutes(20));
        api.Keys.FetchStatus!.IsOutdated.Should().BeFalse();
        _time.Advance(TimeSpan.FromTicks(1));
        api.Keys.FetchStatus!.IsOutdated.Should().BeTrue();

        (await api.DecodeAsync(_token, Cancel)).Failure.Should().Be(TokenFailure.InvalidSignature, "its key was revoked");
        api.Keys.FetchStatus!.IsOutdated.Should().BeFalse();
    }

    [Fact]
    public async Task A_forged_token_that_names_a_known_key_causes_no_fetch()
    {
        PlainJwt api = await _server.StartServiceAsync(_time);
        string forged = Forge.Sign($$"""{"alg":"RS256","kid":"{{TestKeys.Ours.KeyId}}"}""", Forge.GoodPayload, TestKeys.ForeignKey);

        (await api.DecodeAsync(forged, Cancel)).Failure.Should().Be(TokenFailure.InvalidSignature);

        await api.Keys.RefreshAsync(Cancel);
        _server.Fetches.Should().Be(2, "the call to RefreshAsync is the second fetch");
    }

    [Fact]
    public async Task A_token_of_an_issuer_that_is_not_accepted_causes_no_fetch()
    {
        ApiJwtOptions options = _server.Options(_time);
        options.Issuers.Add("somebody");
        var api = new PlainJwt(options);

        // No key can make the token valid, so the failure is not KeysUnavailable either.
        _server.Fail(HttpStatusCode.NotFound);
        await api.Keys.RefreshAsync(Cancel);
        (await api.DecodeAsync(_token, Cancel)).Failure.Should().Be(TokenFailure.InvalidSignature);
        _server.Publish(TestKeys.Ours);
        await api.Keys.RefreshAsync(Cancel);
        int before = _server.Fetches;
        (await api.DecodeAsync(_newToken, Cancel)).Failure.Should().Be(TokenFailure.InvalidSignature);

        await api.Keys.RefreshAsync(Cancel);
        _server.Fetches.Should().Be(before + 1, "the call to RefreshAsync is the only fetch");
    }

    [Fact]
    public async Task Tokens_of_unknown_keys_cause_one_fetch_a_second()
    {
        PlainJwt api = await _server.StartServiceAsync(_time);
        long begun = TimeProvider.System.GetTimestamp();

        for (int i = 0; i < 3; i++)
            (await api.DecodeAsync(_newToken, Cancel)).Failure.Should().Be(TokenFailure.InvalidSignature);

        _server.Fetches.Should().Be(4);
        TimeProvider.System.GetElapsedTime(begun).Should().BeGreaterThan(TimeSpan.FromSeconds(2.5));
    }

    [Fact]
    public async Task A_key_set_that_arrives_after_its_address_changed_is_ignored()
    {
        PlainJwt api = Service();
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Answer = _ => answer.Task;
        Task refresh = api.Keys.RefreshAsync(Cancel);
        await Soon.ItIsTrueAsync(() => _server.Fetches == 1);

        api.Keys.Reload(new ApiJwtOptions { PublicKeys = { TestKeys.Second.PublicKeyPem } });
        using var late = new HttpResponseMessage { Content = new StringContent(KeyServer.SetOf(TestKeys.Ours)) };
        answer.SetResult(late);
        await refresh;

        api.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId);
        api.Keys.FetchStatus.Should().BeNull();
    }

    [Fact]
    public async Task A_fetch_does_not_run_in_the_context_of_a_request()
    {
        var request = new AsyncLocal<string> { Value = "of ann" };
        string? seen = "not asked";
        Func<CancellationToken, Task<HttpResponseMessage>> publish = _server.Answer;
        _server.Answer = cancel =>
        {
            seen = request.Value;
            return publish(cancel);
        };

        await Service().DecodeAsync(_token, Cancel);

        seen.Should().BeNull();
    }

    [Fact]
    public async Task A_caller_may_suppress_the_flow_of_the_execution_context()
    {
        PlainJwt api = Service();
        using (ExecutionContext.SuppressFlow())
            api.Decode(_token);

        await Soon.ItIsTrueAsync(() => api.Decode(_token).IsValid);
    }

    [Fact]
    public async Task A_key_server_that_hangs_does_not_delay_tokens_of_known_keys()
    {
        PlainJwt api = await _server.StartServiceAsync(_time);
        _server.Hang();
        _time.Advance(TimeSpan.FromMinutes(15));

        ValueTask<DecodeResult> decoding = api.DecodeAsync(_token, Cancel);

        decoding.IsCompleted.Should().BeTrue();
        (await decoding).IsValid.Should().BeTrue();
        await Soon.ItIsTrueAsync(() => _server.Fetches == 2);
        api.Decode(_token).IsValid.Should().BeTrue();
    }

    [Fact]
    public async Task A_caller_who_stops_waiting_gets_its_cancellation()
    {
        PlainJwt api = await _server.StartServiceAsync(_time);
        _server.Hang();
        using var enough = new CancellationTokenSource();

        Task[] calls =
            [api.DecodeAsync(_newToken, enough.Token).AsTask(), api.RecognizesAsync(_newToken, enough.Token).AsTask(), api.Keys.RefreshAsync(enough.Token)];
        await enough.CancelAsync();

        foreach (Task call in calls)
            await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>();
    }

    /// <summary>The HTTP client of an application may ignore cancellation. The cases run at the same time, because each takes ten seconds.</summary>
    [Fact]
    public async Task A_key_server_that_hangs_does_not_prevent_a_later_fetch()
    {
        using var end = new ManualResetEventSlim();
        await Task.WhenAll(
            ComesBackAsync(async cancel =>
            {
                await Task.Delay(Timeout.Infinite, cancel);
                return new HttpResponseMessage();
            }),
            ComesBackAsync(_ => new TaskCompletionSource<HttpResponseMessage>().Task),
            ComesBackAsync(_ =>
            {
                end.Wait(Cancel);
                return Task.FromResult(new HttpResponseMessage());
            }));
        end.Set();
    }

    public void Dispose() => _server.Dispose();

    private PlainJwt Service() => new(_server.Options(_time));

    private async ValueTask<DecodeResult> DecodeAsync(PlainJwt api, bool waits) => waits ? await api.DecodeAsync(_token, Cancel) : api.Decode(_token);

    private async Task ComesBackAsync(Func<CancellationToken, Task<HttpResponseMessage>> hang)
    {
        using var server = new KeyServer(TestKeys.Ours);
        PlainJwt api = await server.StartServiceAsync(_time);
        bool isToldToEnd = false;
        server.Answer = cancel =>
        {
            cancel.Register(() => Volatile.Write(ref isToldToEnd, true));
            return hang(cancel);
        };

        (await api.DecodeAsync(_newToken, Cancel)).Failure.Should().Be(TokenFailure.InvalidSignature);
        api.Keys.FetchStatus!.Fault.Should().BeNull("a caller waits for at most five seconds, and a fetch may take ten");

        server.Publish(TestKeys.Second);
        await Soon.ItIsTrueAsync(() => api.Keys.FetchStatus.Fault is not null);
        api.Keys.FetchStatus.Fault.Should().Be("did not answer within 10 seconds");
        Volatile.Read(ref isToldToEnd).Should().BeTrue();
        await api.Keys.RefreshAsync(Cancel);
        api.Decode(_newToken).IsValid.Should().BeTrue();
    }
}
