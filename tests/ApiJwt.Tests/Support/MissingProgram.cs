using System.Diagnostics.CodeAnalysis;

namespace Hudya.Tests.Support;

/// <summary>Ends a test that cannot run because a program is not installed.</summary>
public static class MissingProgram
{
    // What the programs are asked does not depend on the system, so the other systems of the CI need not have them.
    private static bool IsFailure => OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>The test fails in the CI, and is skipped elsewhere.</summary>
    /// <param name="reason">What was not run, and how to install what it needs.</param>
    [DoesNotReturn]
    public static void Report(string reason)
    {
        Assert.False(IsFailure, reason);
        Assert.Skip(reason);
    }
}
