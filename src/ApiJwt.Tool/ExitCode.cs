namespace ApiJwts.Tool;

/// <summary>What the tool tells a script.</summary>
internal static class ExitCode
{
    public const int Good = 0;

    /// <summary>The token, or the key, was looked at and refused.</summary>
    public const int Refused = 1;

    /// <summary>What was asked for could not be done: a mistake on the command line, a file that is not there.</summary>
    public const int NotDone = 2;

    /// <summary>Somebody pressed Ctrl+C: 128 and the number of the signal, as shells count.</summary>
    public const int Interrupted = 130;
}
