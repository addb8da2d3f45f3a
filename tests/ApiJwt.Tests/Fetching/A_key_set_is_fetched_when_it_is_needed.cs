using System.Net;
using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Fetching;

public sealed class A_key_set_is_fetched_when_it_is_needed : IDisposable
{
    private static readonly TimeSpan LongerThanTheCoolDown = TimeSpan.FromSeconds(1.5);

    private readonly KeyServer _server = new(TestKeys.Ours);
    private readonly FakeTimeProvider _time = Clock.Standing();
    private readonly string _token = Forge.Claims(Forge.GoodPayload);
    private readonly string _newToken = Issued.By(TestKeys.Second);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task For_the_first_token_which_waits_for_it()
    {
        PlainJwt api = Service();

        (await api.DecodeAsync(_token, Cancel)).IsValid.Should().BeTrue();
        _server.Fetches.Should().Be(1);
    }

    [Fact]
    public async Task Once_for_all_who_wait_for_it()
    {
        PlainJwt api = Service();

        DecodeResult[] results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => api.DecodeAsync(_token, Cancel).AsTask(), Cancel)));

        results.Should().OnlyContain(result => result.IsValid);
        _server.Fetches.Should().Be(1);
    }

    [Fact]
    public async Task For_the_first_token_of_a_new_key()
    {
        PlainJwt api = await StartedAsync();

        _server.Publish(TestKeys.Ours, TestKeys.Second);

        (await api.DecodeAsync(_newToken, Cancel)).IsValid.Should().BeTrue();
        (await api.DecodeAsync(_token, Cancel)).IsValid.Should().BeTrue();
        _server.Fetches.Should().Be(2);
    }

    /// <summary>The fetch that is under way was answered before the key was published.</summary>
    [Fact]
    public async Task Once_more_when_the_fetch_under_way_may_have_come_too_early()
    {
        PlainJwt api = await StartedAsync();
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Answer = _ => answer.Task;
        Task refresh = api.Keys.RefreshAsync(Cancel);
        await Soon.ItIsTrueAsync(() => _server.Fetches == 2);
        ValueTask<DecodeResult> decoding = api.DecodeAsync(_newToken, Cancel);
        Task next = api.Keys.RefreshAsync(Cancel);
        await Task.Delay(LongerThanTheCoolDown, Cancel);
        _server.Fetches.Should().Be(2, "there is one fetch at a time");

        _server.Publish(TestKeys.Second);
        using var old = new HttpResponseMessage { Content = new StringContent(KeyServer.SetOf(TestKeys.Ours)) };
        answer.SetResult(old);

        (await decoding).IsValid.Should().BeTrue();
        await Task.WhenAll(refresh, next);
        _server.Fetches.Should().Be(3);
    }

    [Fact]
    public async Task In_the_background_for_a_caller_who_does_not_wait()
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
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_the_background_when_the_set_is_older_than_ten_minutes(bool waits)
    {
        PlainJwt api = await StartedAsync();
        _server.Publish(TestKeys.Second);

        _time.Advance(TimeSpan.FromMinutes(10));
        (await DecodeAsync(api, waits)).IsValid.Should().BeTrue();
        _server.Fetches.Should().Be(1);
        _time.Advance(TimeSpan.FromTicks(1));
        (await DecodeAsync(api, waits)).IsValid.Should().BeTrue("the set is still good enough");

        await Soon.ItIsTrueAsync(() => api.Keys.KeyIds.SequenceEqual([TestKeys.Second.KeyId]));
        _server.Fetches.Should().Be(2);
    }

    [Fact]
    public async Task Only_once_while_it_takes_its_time()
    {
        PlainJwt api = await StartedAsync();
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
    public async Task Before_the_token_is_looked_at_when_none_came_for_more_than_twenty_minutes()
    {
        PlainJwt api = await StartedAsync();
        _server.Publish(TestKeys.Second);

        _time.Advance(TimeSpan.FromMinutes(20) + TimeSpan.FromTicks(1));
        api.Keys.FetchStatus!.IsOutdated.Should().BeTrue();

        (await api.DecodeAsync(_token, Cancel)).Failure.Should().Be(TokenFailure.InvalidSignature, "its key was withdrawn");
        api.Keys.FetchStatus!.IsOutdated.Should().BeFalse();
    }

    [Fact]
    public async Task And_not_for_a_forged_token_that_names_a_known_key()
    {
        PlainJwt api = await StartedAsync();
        using var stranger = TestKeys.RsaOf(TestKeys.Foreign.PrivateKeyPem);
        string forged = Forge.Sign($$"""{"alg":"RS256","kid":"{{TestKeys.Ours.KeyId}}"}""", Forge.GoodPayload, stranger);

        (await api.DecodeAsync(forged, Cancel)).Failure.Should().Be(TokenFailure.InvalidSignature);

        await api.Keys.RefreshAsync(Cancel);
        _server.Fetches.Should().Be(2, "the last line asked for the second");
    }

    [Fact]
    public async Task Nor_for_a_token_of_an_issuer_that_is_not_accepted()
    {
        ApiJwtOptions options = _server.Options(_time);
        options.Issuers.Add("somebody");
        var api = new PlainJwt(options);

        // No key could make it good, so that it is not KeysUnavailable either.
        _server.Fail(HttpStatusCode.NotFound);
        await api.Keys.RefreshAsync(Cancel);
        (await api.DecodeAsync(_token, Cancel)).Failure.Should().Be(TokenFailure.InvalidSignature);
        _server.Publish(TestKeys.Ours);
        await api.Keys.RefreshAsync(Cancel);
        int before = _server.Fetches;
        (await api.DecodeAsync(_newToken, Cancel)).Failure.Should().Be(TokenFailure.InvalidSignature);

        await api.Keys.RefreshAsync(Cancel);
        _server.Fetches.Should().Be(before + 1, "the last line asked for it");
    }

    [Fact]
    public async Task At_most_once_a_second_however_many_ask()
    {
        PlainJwt api = await StartedAsync();
        long begun = TimeProvider.System.GetTimestamp();

        for (int i = 0; i < 3; i++)
            (await api.DecodeAsync(_newToken, Cancel)).Failure.Should().Be(TokenFailure.InvalidSignature);

        _server.Fetches.Should().Be(4);
        TimeProvider.System.GetElapsedTime(begun).Should().BeGreaterThan(TimeSpan.FromSeconds(2.5));
    }

    [Fact]
    public async Task Beside_the_keys_of_the_settings()
    {
        ApiJwtOptions options = _server.Options(_time);
        options.PublicKeys.Add(TestKeys.Second.PublicKeyPem);
        var api = new PlainJwt(options);

        (await api.DecodeAsync(_token, Cancel)).IsValid.Should().BeTrue();
        (await api.DecodeAsync(_newToken, Cancel)).IsValid.Should().BeTrue();
    }

    [Fact]
    public async Task With_key_ids_of_its_own_which_tokens_may_name()
    {
        _server.Say(KeyServer.SetOf(TestKeys.Ours).Replace(TestKeys.Ours.KeyId, "2026-a", StringComparison.Ordinal));
        PlainJwt api = await StartedAsync();

        (await api.DecodeAsync(Forge.Sign("""{"alg":"RS256","kid":"2026-a"}""", Forge.GoodPayload), Cancel)).IsValid.Should().BeTrue();
        api.Recognizes(Forge.Sign("""{"alg":"RS256","kid":"2026-a"}""", Forge.GoodPayload)).Should().BeTrue();
        api.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
    }

    [Fact]
    public async Task Unless_the_address_changed_before_it_arrived()
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
    public async Task Outside_of_the_request_that_needs_it()
    {
        PlainJwt api = Service();
        var request = new AsyncLocal<string> { Value = "of ann" };
        string? seen = "not asked";
        Func<CancellationToken, Task<HttpResponseMessage>> publish = _server.Answer;
        _server.Answer = cancel =>
        {
            seen = request.Value;
            return publish(cancel);
        };

        await api.DecodeAsync(_token, Cancel);

        seen.Should().BeNull();
    }

    [Fact]
    public async Task For_a_caller_that_suppresses_the_flow_of_the_execution_context()
    {
        PlainJwt api = Service();
        using (ExecutionContext.SuppressFlow())
            api.Decode(_token);

        await Soon.ItIsTrueAsync(() => api.Decode(_token).IsValid);
    }

    public void Dispose() => _server.Dispose();

    private PlainJwt Service() => new(_server.Options(_time));

    private async Task<PlainJwt> StartedAsync()
    {
        PlainJwt api = Service();
        await api.Keys.RefreshAsync(Cancel);
        return api;
    }

    private async ValueTask<DecodeResult> DecodeAsync(PlainJwt api, bool waits) => waits ? await api.DecodeAsync(_token, Cancel) : api.Decode(_token);
}
