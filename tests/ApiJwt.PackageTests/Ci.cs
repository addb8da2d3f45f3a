namespace Hudya.PackageTests;

/// <summary>Leaves slow tests to the CI.</summary>
internal static class Ci
{
    /// <param name="cost">A sentence that says what takes long, without its full stop.</param>
    public static void SkipElsewhere(string cost) =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", $"{cost}, so this runs where CI=true is set.");
}
