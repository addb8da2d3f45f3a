using System.Globalization;

namespace Hudya.Tests.Redis;

/// <summary>No other test runs at the same time, because their load would slow the services.</summary>
[CollectionDefinition(nameof(Services_agree_while_everything_fails), DisableParallelization = true)]
[Collection(nameof(Services_agree_while_everything_fails))]
public class Services_agree_while_everything_fails
{
    private const string Variable = "APIJWT_REVOCATION_REQUESTS";
    private const int Clients = 6;

    private static readonly int Requests = int.Parse(Environment.GetEnvironmentVariable(Variable) ?? "10000", CultureInfo.InvariantCulture);

    /// <summary>The run begins without faults. Then Redis is killed and restarted without its data. Later an auth service is killed.</summary>
    [Fact]
    public async Task No_revoked_token_is_accepted_after_the_promised_delay_and_no_valid_one_is_refused()
    {
        var duration = TimeSpan.FromSeconds(Math.Max(14, Requests / 1000));
        await using Landscape landscape = await Landscape.StartAsync();
        var traffic = new Traffic(landscape, subjects: Requests / 25);
        // The first requests are slow because code is compiled. They are not measured.
        await traffic.AskAsync(times: 60, TimeSpan.Zero);

        Task[] running =
        [
            .. Enumerable.Range(0, Clients).Select(_ => traffic.AskAsync(Requests / Clients, duration)),
            traffic.RevokeAsync(TimeSpan.FromMilliseconds(50), duration),
            traffic.ComeBackAsync(TimeSpan.FromMilliseconds(1200), duration),
        ];
        await Task.Delay(duration / 4, Landscape.Cancel);
        await landscape.LoseRedisAsync(downtime: TimeSpan.FromSeconds(2));
        await Task.Delay(duration / 3, Landscape.Cancel);
        await landscape.LoseAuthServiceAsync();
        await Task.WhenAll(running);
        await traffic.WaitForProbesAsync();

        (int passed, int refused, TimeSpan longest, TimeSpan longestAfterFault, int unpromised) = traffic.Judge();
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{traffic.Count} requests to 3 APIs, {traffic.Revocations} revocations at 2 auth services: let in after the promised delay {passed}, good ones refused {refused}, "
            + $"longest delay {longest.TotalMilliseconds:0} ms, and {longestAfterFault.TotalMilliseconds:0} ms after a Redis that was killed was back, empty; without a promise, because the auth service was killed within a second: {unpromised}"));
        traffic.Count.Should().BeGreaterThanOrEqualTo(Requests / Clients * Clients);
        traffic.Revocations.Should().BeGreaterThan(50);
        passed.Should().Be(0);
        refused.Should().Be(0);
    }
}
