namespace Hudya.Tests.Redis.Support;

/// <summary>A token in use and the times of its revocation, on the clock of the run.</summary>
internal sealed class Session(string subject, string token)
{
    public string Subject => subject;

    public string Token => token;

    /// <summary>When the revocation was requested, or <see langword="null"/> while the token must be accepted.</summary>
    public TimeSpan? RevocationBegun { get; set; }

    /// <summary>When the auth service confirmed the revocation. The promised delay begins then.</summary>
    public TimeSpan? RevocationAnswered { get; set; }

    /// <summary>The auth service that revoked the token.</summary>
    public Service? RevokedAt { get; set; }

    /// <summary>From this time on, no API may accept the token. It is <see langword="null"/> without a promise.</summary>
    public TimeSpan? Deadline { get; set; }
}
