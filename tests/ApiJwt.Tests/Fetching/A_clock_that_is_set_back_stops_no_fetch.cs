using Hudya.Tests.Support;

namespace Hudya.Tests.Fetching;

[Collection(nameof(WholeProcess))]
public sealed class A_clock_that_is_set_back_stops_no_fetch : IDisposable
{
    private readonly KeyServer _server = new(TestKeys.Ours);
    private readonly SteppingClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task So_that_a_withdrawn_key_goes_in_time()
    {
        PlainJwt api = await StartedAsync();
        _server.Publish(TestKeys.Second);

        _clock.StepBack(TimeSpan.FromHours(1));
        _clock.Pass(TimeSpan.FromMinutes(11));

        await Soon.ItIsTrueAsync(() => api.Decode(Forge.Claims(Forge.GoodPayload)).Failure == TokenFailure.InvalidSignature);
    }

    [Fact]
    public async Task And_a_new_key_is_there_for_its_first_token()
    {
        PlainJwt api = await StartedAsync();
        _server.Publish(TestKeys.Second);

        _clock.StepBack(TimeSpan.FromHours(1));

        (await api.DecodeAsync(Issued.By(TestKeys.Second), Cancel)).IsValid.Should().BeTrue();
    }

    [Fact]
    public async Task And_an_outdated_set_is_called_so()
    {
        PlainJwt api = await StartedAsync();

        _clock.StepBack(TimeSpan.FromHours(1));
        _clock.Pass(TimeSpan.FromMinutes(21));

        api.Keys.FetchStatus!.IsOutdated.Should().BeTrue();
    }

    /// <summary>Applications set it for their own key sets, and for the whole process.</summary>
    [Fact]
    public async Task Nor_does_a_switch_of_IdentityModel()
    {
        AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", true);
        PlainJwt api = await StartedAsync();
        _server.Publish(TestKeys.Second);
        _clock.StepBack(TimeSpan.FromHours(1));

        (await api.DecodeAsync(Issued.By(TestKeys.Second), Cancel)).IsValid.Should().BeTrue();
    }

    public void Dispose() => _server.Dispose();

    private async Task<PlainJwt> StartedAsync()
    {
        var api = new PlainJwt(_server.Options(_clock));
        await api.Keys.RefreshAsync(Cancel);
        return api;
    }

    /// <summary>A wall clock that somebody sets back, and timestamps that go on, as on any machine.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(Clock.Start);
        private long _timestamp = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _timestamp;

        public void StepBack(TimeSpan by) => _now -= by;

        public void Pass(TimeSpan time)
        {
            _now += time;
            _timestamp += time.Ticks;
        }
    }
}
