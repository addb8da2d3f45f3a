using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Support;

/// <summary>A clock that stands still until a test moves it.</summary>
public static class Clock
{
    /// <summary>2 January 2026, 03:04:05 UTC.</summary>
    public const long Start = 1767323045;

    public static FakeTimeProvider Standing() => new(DateTimeOffset.FromUnixTimeSeconds(Start));

    public static FakeTimeProvider At(string utc) => new(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture));

    public static ApiJwtOptions Issuing(TimeProvider clock) => new() { PrivateKey = TestKeys.Ours.PrivateKeyPem, TimeProvider = clock };
}
