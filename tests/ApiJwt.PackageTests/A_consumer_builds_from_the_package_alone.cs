namespace Hudya.PackageTests;

public class A_consumer_builds_from_the_package_alone(PackedFeed feed)
{
    [Theory]
    [InlineData("net8.0", PackedFeed.IdentityModelFloor)]
    [InlineData("net8.0", PackedFeed.IdentityModelNewest)]
    [InlineData("net10.0", PackedFeed.IdentityModelFloor)]
    [InlineData("net10.0", PackedFeed.IdentityModelNewest)]
    public void In_a_foreign_namespace_it_issues_and_verifies(string framework, string identityModelVersion)
    {
        string output = feed.RunConsumer(framework, identityModelVersion, "run");

        output.Should().Contain("user@domain.com has support:mobile at level 3.1; forged: InvalidSignature");
        TestContext.Current.TestOutputHelper!.WriteLine(output);
    }

    [Fact]
    public void As_a_native_executable_it_does_the_same_without_a_trim_warning()
    {
        Assert.SkipUnless(HasLinker(), "Native AOT was not tried: there is no clang or gcc to link with.");
        string runtime = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier;

        // The consumer treats warnings as errors, so a trim or AOT warning fails the publish.
        string output = feed.RunConsumer("net10.0", PackedFeed.IdentityModelFloor, "publish", "-r", runtime, "-p:PublishAot=true", "-o", "published");
        string folder = output.Split('\n').Last(line => line.Contains("Consumer -> ", StringComparison.Ordinal)).Split(" -> ")[1].Trim();

        string printed = PackedFeed.Run(folder, Path.Combine(folder, OperatingSystem.IsWindows() ? "Consumer.exe" : "Consumer"));
        printed.Should().Contain("user@domain.com has support:mobile at level 3.1; forged: InvalidSignature");
        TestContext.Current.TestOutputHelper!.WriteLine(printed);
    }

    private static bool HasLinker() => OperatingSystem.IsWindows()
        || Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));
}
