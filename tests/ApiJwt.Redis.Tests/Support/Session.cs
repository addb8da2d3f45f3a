namespace Hudya.Tests.Redis.Support;

/// <summary>A token in use, and when it was withdrawn, by the clock of the run.</summary>
internal sealed class Session(string subject, string token)
{
    public string Subject => subject;

    public string Token => token;

    /// <summary>When the withdrawal was asked for; <see langword="null"/> while the token must be let in.</summary>
    public TimeSpan? WithdrawalBegun { get; set; }

    /// <summary>When the auth service had answered that it is withdrawn, from which moment on the promise counts.</summary>
    public TimeSpan? WithdrawalAnswered { get; set; }

    /// <summary>The auth service that did it.</summary>
    public Service? WithdrawnAt { get; set; }

    /// <summary>From this moment on no API may let it in; <see langword="null"/> if that is not promised.</summary>
    public TimeSpan? Deadline { get; set; }
}
