using System.Runtime.InteropServices;

namespace Hudya.PackageTests;

/// <summary>The consumers treat warnings as errors, so a trim or AOT warning fails the publish.</summary>
public class A_native_executable_does_the_same(PackedFeed feed)
{
    [Fact]
    public void A_native_executable_issues_and_verifies_without_a_trim_warning() => PublishAndRun("ApiJwt");

    [Fact]
    public void A_native_executable_guards_an_API_without_a_trim_warning()
    {
        Ci.SkipElsewhere("The native compilation of ASP.NET Core takes about a minute");
        PublishAndRun("ApiJwt.AspNetCore");
    }

    private void PublishAndRun(string package)
    {
        Assert.SkipUnless(HasLinker(), "Native AOT was not tried: there is no clang or gcc to link with.");
        string consumer = $"Uses.{package}";
        string folder = feed.CopyConsumers();
        string published = Path.Combine(folder, "published");

        // The executable is only run once, so debug symbols and optimization for speed are left out.
        Shell.Run(
            folder, "dotnet", "publish", consumer, "-r", RuntimeInformation.RuntimeIdentifier, "-o", published, "-p:PublishAot=true",
            "-p:NativeDebugSymbols=false", "-p:OptimizationPreference=Size",
            $"-p:ApiJwtVersion={feed.Version}", $"-p:IdentityModelVersion={PackedFeed.IdentityModelFloor}");

        File.Exists(Path.Combine(published, $"{consumer}.dll")).Should().BeFalse("the executable must be native code");
        Shell.Run(published, Path.Combine(published, OperatingSystem.IsWindows() ? $"{consumer}.exe" : consumer)).Should().Contain(Expected.OutputOf[package]);
    }

    private static bool HasLinker() => OperatingSystem.IsWindows()
        || Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));
}
