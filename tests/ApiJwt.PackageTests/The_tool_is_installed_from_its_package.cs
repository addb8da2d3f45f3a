using System.IO.Compression;

namespace Hudya.PackageTests;

public class The_tool_is_installed_from_its_package(PackedFeed feed)
{
    [Fact]
    public void The_installed_tool_makes_keys_issues_and_verifies()
    {
        // The class is built with the newest release of the IdentityModel family, and the tool with the oldest supported one.
        string folder = feed.CopyConsumers();
        Shell.Run(
            folder, "dotnet", "build", "Uses.ApiJwt", "-f", "net10.0", "-p:RunAnalyzers=false",
            $"-p:ApiJwtVersion={feed.Version}", $"-p:IdentityModelVersion={PackedFeed.IdentityModelNewest}");
        Shell.Run(folder, "dotnet", "tool", "install", PackedFeed.Tool, "--tool-path", "tools", "--version", feed.Version, "--source", feed.Folder);
        string apijwt = Path.Combine(folder, "tools", OperatingSystem.IsWindows() ? "apijwt.exe" : "apijwt");

        Shell.Run(folder, apijwt, "keys", "new");
        string[] request = ["issue", "--subject", "ann", "--private-key", "private.pem", "--assembly", "Uses.ApiJwt/bin/Debug/net10.0/Uses.ApiJwt.dll", "--key", "support"];
        string token = Shell.Run(folder, apijwt, [.. request, "--scope", "support:mobile"]).Trim();
        Shell.Run(folder, apijwt, "verify", token, "--key", "public.pem").Should().Contain("VALID").And.Contain("support:mobile");

        (int code, string output) = Shell.Try(folder, apijwt, [.. request, "--scope", "admin:all"]);
        code.Should().Be(2);
        output.Should().StartWith("Claim 'scopes': 'admin:all' is not allowed for key 'support'.");
        Shell.Run(folder, apijwt, "--version").Should().StartWith(feed.Version);
    }

    [Fact]
    public void The_package_of_the_tool_runs_on_every_system()
    {
        using ZipArchive archive = feed.Open(PackedFeed.Tool);

        string[] entries = [.. archive.Entries.Select(entry => entry.FullName)];
        entries.Should().Contain(["README.md", "icon.png", "tools/net10.0/any/DotnetToolSettings.xml", "tools/net10.0/any/ApiJwt.Tool.dll"]);
        entries.Should().NotContain(entry => entry.EndsWith(".resources.dll", StringComparison.Ordinal), "the tool has no translations");
        using var runtime = new StreamReader(archive.GetEntry("tools/net10.0/any/ApiJwt.Tool.runtimeconfig.json")!.Open());
        runtime.ReadToEnd().Should().Contain("\"rollForward\": \"Major\"");
    }
}
