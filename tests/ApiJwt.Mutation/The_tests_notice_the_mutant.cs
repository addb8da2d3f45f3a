using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Hudya.Mutation;

/// <summary>The only test that Stryker runs. For each mutant it runs ApiJwt.Tests and ApiJwt.AspNetCore.Tests in new processes.</summary>
/// <remarks>
/// Stryker's runner for the Microsoft Testing Platform keeps one process for all mutants. A service in a static field, created
/// under one mutant, would then fail tests under the next, and the score would count mutants as killed that no test noticed.
/// </remarks>
public partial class The_tests_notice_the_mutant
{
    // Stryker sets this variable. It names a file with the id of the active mutant, as 32 bits.
    private const string MutantFile = "STRYKER_MUTANT_FILE";

    private const string Core = "ApiJwt.Tests.dll";
    private const string Web = "ApiJwt.AspNetCore.Tests.dll";

    // Several times what the tests take on two busy cores. A mutant that hangs counts as noticed.
    private static readonly TimeSpan LongestQuick = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestSlow = TimeSpan.FromMinutes(4);

    // They need programs of other languages, test the documentation, or repeat for long what others test.
    // Leaving them out can lower the score and cannot raise it.
    private static readonly string[] Left =
        [
            .. Classes("APIJWT_MUTATION_LEFT"),
            "Hudya.Tests.Interop.*", "Hudya.Tests.Readme.*", "Hudya.Tests.Stress.*", "Hudya.Tests.Attacks.Every_hostile_token*",
            "Hudya.Tests.Attacks.A_hostile_token*", "Hudya.Tests.Keys.KeyRingThreadTests",
            "Hudya.Tests.AspNetCore.The_readme*", "Hudya.Tests.AspNetCore.Two_providers*", "Hudya.Tests.AspNetCore.A_flood*",
            "Hudya.Tests.AspNetCore.Gateways.*", "Hudya.Tests.AspNetCore.Browser.*", "Hudya.Tests.AspNetCore.The_demo*", "Hudya.Tests.AspNetCore.Stock_software*",
            // This test fails for every mutant, because Stryker adds a class without documentation.
            "Hudya.Tests.AspNetCore.Everything_public*",
        ];

    // The tests of the mutated folder, which notice most mutants.
    private static readonly string[] Near = Classes("APIJWT_MUTATION_NEAR");

    // These classes take a second or more. They run last, when the quick ones have passed.
    private static readonly string[] Slow =
        ["Hudya.Tests.Properties.*", "Hudya.Tests.Attacks.Padding*", "Hudya.Tests.Attacks.What_a_token_costs*", "Hudya.Tests.Attacks.A_list_of_revocations*",
            "Hudya.Tests.Advisories.CVE_2017_15361*", "Hudya.Tests.Hsm.*", "Hudya.Tests.Keys.RsaKeyPairTests", "Hudya.Tests.Keys.HostileKeyTextTests",
            "Hudya.Tests.Keys.KeySetFetcherTests", "Hudya.Tests.Keys.KeySetFetcherClockTests", "Hudya.Tests.Keys.KeySetFaultTests", "Hudya.Tests.Keys.KeySourcesTests",
            "Hudya.Tests.Keys.KeyMemoryTests", "Hudya.Tests.Keys.TokenRecognitionTests", "Hudya.Tests.Revoking.RevocationFollowerTests",
            "Hudya.Tests.Revoking.RevocationDocumentTests"];

    private static readonly string[] SlowWeb =
        ["Hudya.Tests.AspNetCore.Keys.KeyFetchingTests", "Hudya.Tests.AspNetCore.Keys.KeyHealthTests", "Hudya.Tests.AspNetCore.Payload.HubTests",
            "Hudya.Tests.AspNetCore.OpenApi.*", "Hudya.Tests.AspNetCore.Two_services*", "Hudya.Tests.AspNetCore.Telemetry*"];

    private static readonly string Log = Path.Combine(Path.GetTempPath(), "apijwt-mutants.log");

    [Fact]
    public void A_test_fails_while_the_mutant_is_active()
    {
        string[] likely = ThoseThatNoticedItsNeighbours();
        if (likely.Length > 0)
            Run("likely", Core, LongestQuick, Filter("-method", likely));
        if (Near.Length > 0)
            Run("near", Core, LongestQuick, [.. Filter("-class", Near), .. Filter("-class-", [.. Left, .. Slow])]);
        Run("quick", Core, LongestQuick, Filter("-class-", [.. Left, .. Slow, .. Near]));
        Run("web", Web, LongestQuick, Filter("-class-", [.. Left, .. SlowWeb]));
        Run("slow", Core, LongestSlow, [.. Filter("-class", Slow), .. Filter("-class-", Left)]);
        Run("slow web", Web, LongestSlow, [.. Filter("-class", SlowWeb), .. Filter("-class-", Left)]);
        Note("nothing");
    }

    private static string[] Classes(string variable) =>
        (Environment.GetEnvironmentVariable(variable) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Filter(string option, string[] names) => [.. names.SelectMany(name => new[] { option, name })];

    private static void Run(string part, string assembly, TimeSpan longest, string[] filters)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), "-stopOnFail", "-noColor", "-noLogo", .. filters])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        // Profiling slows a process that lives for seconds.
        start.Environment["DOTNET_TieredPGO"] = "0";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(longest))
        {
            process.Kill(entireProcessTree: true);
            Note($"{part}: it hung");
            Assert.Fail("The tests did not come to an end.");
        }

        if (process.ExitCode == 0)
            return;
        string failed = string.Join(" ", output.GetAwaiter().GetResult().Split('\n').Where(line => line.Contains("[FAIL]", StringComparison.Ordinal)).Select(line => line.Trim()));
        Note($"{part}: {(failed.Length == 0 ? $"exit code {process.ExitCode}" : failed)}");
        Assert.Fail(failed);
    }

    /// <summary>Mutants of one method come one after the other, and what noticed one of them is likely to notice the next.</summary>
    private static string[] ThoseThatNoticedItsNeighbours()
    {
        string[] noticed = [];
        Alone(() => noticed = File.Exists(Log) ? File.ReadAllLines(Log) : []);
        return [.. noticed.Reverse().Take(30).Select(line => TestMethod().Match(line).Value).Where(name => name.Length > 0).Distinct().Take(15)];
    }

    /// <summary>Records which test noticed which mutant.</summary>
    private static void Note(string noticedBy)
    {
        string mutant = Environment.GetEnvironmentVariable(MutantFile) is { } file && File.Exists(file)
            ? BitConverter.ToInt32(Read(file)).ToString(CultureInfo.InvariantCulture)
            : "none";
        Alone(() => File.AppendAllText(Log, $"{mutant}\t{noticedBy}\n"));
    }

    // Stryker tests several mutants at a time. Without the mutex, a log file in use would look like a noticed mutant.
    private static void Alone(Action work)
    {
        using var mutex = new Mutex(initiallyOwned: false, "apijwt-mutants");
        mutex.WaitOne();
        try
        {
            work();
        }
        finally
        {
            mutex.ReleaseMutex();
        }
    }

    [GeneratedRegex(@"Hudya\.Tests\.(?!AspNetCore)[\w.]+")]
    private static partial Regex TestMethod();

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] id = new byte[sizeof(int)];
        stream.ReadExactly(id);
        return id;
    }
}
