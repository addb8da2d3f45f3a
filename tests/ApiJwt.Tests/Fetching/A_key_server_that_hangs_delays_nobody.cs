using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Fetching;

public sealed class A_key_server_that_hangs_delays_nobody : IDisposable
{
    private readonly KeyServer _server = new(TestKeys.Ours);
    private readonly FakeTimeProvider _time = Clock.Standing();
    private readonly string _token = Forge.Claims(Forge.GoodPayload);
    private readonly string _newToken = Issued.By(TestKeys.Second);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whose_key_is_known()
    {
        PlainJwt api = await StartedAsync();
        _server.Hang();
        _time.Advance(TimeSpan.FromMinutes(15));

        ValueTask<DecodeResult> decoding = api.DecodeAsync(_token, Cancel);

        decoding.IsCompleted.Should().BeTrue();
        (await decoding).IsValid.Should().BeTrue();
        await Soon.ItIsTrueAsync(() => _server.Fetches == 2);
        api.Decode(_token).IsValid.Should().BeTrue();
    }

    [Fact]
    public async Task Who_does_not_want_to_wait_longer()
    {
        PlainJwt api = await StartedAsync();
        _server.Hang();
        using var enough = new CancellationTokenSource();

        ValueTask<DecodeResult> decoding = api.DecodeAsync(_newToken, enough.Token);
        ValueTask<bool> recognizing = api.RecognizesAsync(_newToken, enough.Token);
        Task refreshing = api.Keys.RefreshAsync(enough.Token);
        await enough.CancelAsync();

        await FluentActions.Awaiting(async () => await decoding).Should().ThrowAsync<OperationCanceledException>();
        await FluentActions.Awaiting(async () => await recognizing).Should().ThrowAsync<OperationCanceledException>();
        await FluentActions.Awaiting(() => refreshing).Should().ThrowAsync<OperationCanceledException>();
    }

    /// <summary>The client of a user may be anything. All are tried at once, because each takes ten seconds.</summary>
    [Fact]
    public async Task And_does_not_keep_a_later_fetch_from_happening()
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

    private async Task<PlainJwt> StartedAsync()
    {
        var api = new PlainJwt(_server.Options(_time));
        await api.Keys.RefreshAsync(Cancel);
        return api;
    }

    private async Task ComesBackAsync(Func<CancellationToken, Task<HttpResponseMessage>> hang)
    {
        using var server = new KeyServer(TestKeys.Ours);
        var api = new PlainJwt(server.Options(_time));
        await api.Keys.RefreshAsync(Cancel);
        bool isToldToEnd = false;
        server.Answer = cancel =>
        {
            cancel.Register(() => Volatile.Write(ref isToldToEnd, true));
            return hang(cancel);
        };

        DecodeResult early = await api.DecodeAsync(_newToken, Cancel);
        early.Failure.Should().Be(TokenFailure.InvalidSignature);
        api.Keys.FetchStatus!.Fault.Should().BeNull("a caller waits for five seconds, and a fetch may take ten");

        server.Publish(TestKeys.Second);
        await Soon.ItIsTrueAsync(() => api.Keys.FetchStatus.Fault is not null);
        api.Keys.FetchStatus.Fault.Should().Be("did not answer within 10 seconds");
        Volatile.Read(ref isToldToEnd).Should().BeTrue();
        await api.Keys.RefreshAsync(Cancel);
        api.Decode(_newToken).IsValid.Should().BeTrue();
    }
}
