using System.Diagnostics.CodeAnalysis;

namespace Hudya.Tests.Support;

/// <summary>Ends a test that cannot run because a program is not installed.</summary>
public static class MissingProgram
{
    // The results do not depend on the operating system, so only the Linux machines of the CI need the programs.
    private static bool IsFailure => OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Fails the test in the CI, and skips it elsewhere.</summary>
    /// <param name="reason">What was not run, and how to install the program.</param>
    [DoesNotReturn]
    public static void Report(string reason)
    {
        Assert.False(IsFailure, reason);
        Assert.Skip(reason);
    }
}
