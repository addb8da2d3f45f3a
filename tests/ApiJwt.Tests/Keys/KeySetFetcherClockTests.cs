using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

/// <summary>Neither a clock that is set back nor a switch of IdentityModel stops a fetch.</summary>
[Collection(nameof(WholeProcess))]
public sealed class KeySetFetcherClockTests : IDisposable
{
    private readonly KeyServer _server = new(TestKeys.Ours);
    private readonly SteppingClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_revoked_key_is_removed_in_time_even_if_the_clock_is_set_back()
    {
        PlainJwt api = await _server.StartServiceAsync(_clock);
        _server.Publish(TestKeys.Second);

        _clock.SetBack(TimeSpan.FromHours(1));
        _clock.Advance(TimeSpan.FromMinutes(11));

        await Soon.ItIsTrueAsync(() => api.Decode(Forge.Claims(Forge.GoodPayload)).Failure == TokenFailure.InvalidSignature);
    }

    [Fact]
    public async Task A_key_set_becomes_outdated_in_time_even_if_the_clock_is_set_back()
    {
        PlainJwt api = await _server.StartServiceAsync(_clock);

        _clock.SetBack(TimeSpan.FromHours(1));
        _clock.Advance(TimeSpan.FromMinutes(21));

        api.Keys.FetchStatus!.IsOutdated.Should().BeTrue();
    }

    /// <summary>The switch of IdentityModel is meant for the key sets of an application, but it affects the whole process.</summary>
    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task A_new_key_is_fetched_for_its_first_token_even_if_the_clock_is_set_back(bool isSwitched)
    {
        AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", isSwitched);
        PlainJwt api = await _server.StartServiceAsync(_clock);
        _server.Publish(TestKeys.Second);

        _clock.SetBack(TimeSpan.FromHours(1));

        (await api.DecodeAsync(Issued.By(TestKeys.Second), Cancel)).IsValid.Should().BeTrue();
    }

    public void Dispose() => _server.Dispose();
}
