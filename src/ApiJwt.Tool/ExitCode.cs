namespace ApiJwts.Tool;

/// <summary>The exit codes of the tool.</summary>
internal static class ExitCode
{
    public const int Good = 0;

    /// <summary>The token or the key was refused.</summary>
    public const int Refused = 1;

    /// <summary>The command could not run, for example because of a mistake on the command line or a missing file.</summary>
    public const int NotDone = 2;

    /// <summary>The user pressed Ctrl+C. As in shells, the code is 128 plus the number of the signal.</summary>
    public const int Interrupted = 130;
}
