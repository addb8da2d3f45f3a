namespace Hudya.PackageTests;

/// <summary>The run before a merge, where a test may take longer than a developer would wait.</summary>
internal static class Ci
{
    /// <param name="cost">What takes long, as a sentence without its full stop.</param>
    public static void SkipElsewhere(string cost) =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", $"{cost}, so this runs where CI=true is set.");
}
