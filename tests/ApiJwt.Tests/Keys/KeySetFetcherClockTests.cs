using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

/// <summary>A clock that is set back and a switch of the process do not stop a fetch.</summary>
[Collection(nameof(WholeProcess))]
public sealed class KeySetFetcherClockTests : IDisposable
{
    private readonly KeyServer _server = new(TestKeys.Ours);
    private readonly SteppingClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_withdrawn_key_goes_in_time_although_the_clock_is_set_back()
    {
        PlainJwt api = await StartedAsync();
        _server.Publish(TestKeys.Second);

        _clock.SetBack(TimeSpan.FromHours(1));
        _clock.Advance(TimeSpan.FromMinutes(11));

        await Soon.ItIsTrueAsync(() => api.Decode(Forge.Claims(Forge.GoodPayload)).Failure == TokenFailure.InvalidSignature);
    }

    [Fact]
    public async Task A_new_key_is_there_for_its_first_token_although_the_clock_is_set_back()
    {
        PlainJwt api = await StartedAsync();
        _server.Publish(TestKeys.Second);

        _clock.SetBack(TimeSpan.FromHours(1));

        (await api.DecodeAsync(Issued.By(TestKeys.Second), Cancel)).IsValid.Should().BeTrue();
    }

    [Fact]
    public async Task A_key_set_is_outdated_in_time_although_the_clock_is_set_back()
    {
        PlainJwt api = await StartedAsync();

        _clock.SetBack(TimeSpan.FromHours(1));
        _clock.Advance(TimeSpan.FromMinutes(21));

        api.Keys.FetchStatus!.IsOutdated.Should().BeTrue();
    }

    /// <summary>Applications set it for their own key sets, and for the whole process.</summary>
    [Fact]
    public async Task A_switch_of_IdentityModel_stops_no_fetch()
    {
        AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", true);
        PlainJwt api = await StartedAsync();
        _server.Publish(TestKeys.Second);
        _clock.SetBack(TimeSpan.FromHours(1));

        (await api.DecodeAsync(Issued.By(TestKeys.Second), Cancel)).IsValid.Should().BeTrue();
    }

    public void Dispose() => _server.Dispose();

    private async Task<PlainJwt> StartedAsync()
    {
        var api = new PlainJwt(_server.Options(_clock));
        await api.Keys.RefreshAsync(Cancel);
        return api;
    }
}
