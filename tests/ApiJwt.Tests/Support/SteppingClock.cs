namespace Hudya.Tests.Support;

/// <summary>A clock whose wall time can be set back while its timestamps go on, as after a correction by NTP.</summary>
public sealed class SteppingClock : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(Clock.Start);
    private long _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _elapsed;

    public void Advance(TimeSpan time)
    {
        _now += time;
        _elapsed += time.Ticks;
    }

    public void SetBack(TimeSpan time) => _now -= time;
}
