using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Hudya.Mutation;

/// <summary>The one test that Stryker knows: it runs those of ApiJwt.Tests and ApiJwt.AspNetCore.Tests, in processes of their own for every mutant.</summary>
/// <remarks>
/// Stryker's runner for the Microsoft Testing Platform keeps one process for all mutants. A service in a static field, which was
/// made under one mutant, would then fail tests under the next, and the score would count mutants as killed that nobody noticed.
/// </remarks>
public partial class The_tests_notice_the_mutant
{
    // Stryker's, set in the processes that it starts: a file with the id of the mutant that is active, as 32 bits.
    private const string MutantFile = "STRYKER_MUTANT_FILE";

    private const string Core = "ApiJwt.Tests.dll";
    private const string Web = "ApiJwt.AspNetCore.Tests.dll";

    // Several times what they take on two busy cores. A mutant that hangs is noticed by that.
    private static readonly TimeSpan LongestQuick = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestSlow = TimeSpan.FromMinutes(4);

    // They need other languages' tools, hold the documentation to the truth, or do once more, for long, what others do.
    // The score is the lower for it, never the higher.
    private static readonly string[] Left =
        [
            .. (Environment.GetEnvironmentVariable("APIJWT_MUTATION_LEFT") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries),
            "Hudya.Tests.Interop.*", "Hudya.Tests.Readme.*", "Hudya.Tests.Stress.*", "Hudya.Tests.Attacks.Every_hostile_token*",
            "Hudya.Tests.Attacks.A_hostile_token*", "Hudya.Tests.Keys.KeyRingThreadTests",
            "Hudya.Tests.AspNetCore.The_readme*", "Hudya.Tests.AspNetCore.Two_providers*", "Hudya.Tests.AspNetCore.A_flood*",
            "Hudya.Tests.AspNetCore.Gateways.*", "Hudya.Tests.AspNetCore.Browser.*", "Hudya.Tests.AspNetCore.The_demo*", "Hudya.Tests.AspNetCore.Stock_software*",
            // It finds the class that Stryker adds without documentation, whatever the mutant.
            "Hudya.Tests.AspNetCore.Everything_public*",
        ];

    // Each takes longer than a hundred of the others.
    private static readonly string[] Slow =
        ["Hudya.Tests.Properties.*", "Hudya.Tests.Attacks.Padding*", "Hudya.Tests.Keys.RsaKeyPairTests", "Hudya.Tests.Keys.HostileKeyTextTests",
            "Hudya.Tests.Keys.KeySetFetcherTests", "Hudya.Tests.Keys.KeySetFaultTests", "Hudya.Tests.Keys.KeySourcesTests", "Hudya.Tests.Keys.KeyMemoryTests",
            "Hudya.Tests.Revoking.RevocationFollowerTests", "Hudya.Tests.Attacks.What_a_token_costs*"];

    private static readonly string Log = Path.Combine(Path.GetTempPath(), "apijwt-mutants.log");

    [Fact]
    public void Once_it_is_there()
    {
        string[] likely = ThoseThatNoticedItsNeighbours();
        if (likely.Length > 0)
            Run("likely", Core, LongestQuick, "-class", likely);
        Run("quick", Core, LongestQuick, "-class-", [.. Left, .. Slow]);
        Run("web", Web, LongestQuick, "-class-", Left);
        Run("slow", Core, LongestSlow, "-class", Slow);
        Note("nothing");
    }

    private static void Run(string part, string assembly, TimeSpan longest, string filter, string[] classes)
    {
        IEnumerable<string> filters = classes.SelectMany(name => new[] { filter, name });
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), "-stopOnFail", "-noColor", "-noLogo", .. filters])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        // A process that lives for seconds gains nothing from code that is measured first.
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
        return [.. noticed.Reverse().Take(20).Select(line => TestClass().Match(line).Value).Where(name => name.Length > 0).Distinct().Take(8)];
    }

    /// <summary>Who noticed which mutant, so that the score can be looked into.</summary>
    private static void Note(string noticedBy)
    {
        string mutant = Environment.GetEnvironmentVariable(MutantFile) is { } file && File.Exists(file)
            ? BitConverter.ToInt32(Read(file)).ToString(CultureInfo.InvariantCulture)
            : "none";
        Alone(() => File.AppendAllText(Log, $"{mutant}\t{noticedBy}\n"));
    }

    // Stryker tests several mutants at a time, and a file that is in use would look like a mutant that was noticed.
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

    [GeneratedRegex(@"Hudya\.Tests\.(?!AspNetCore)\w+\.\w+(?=\.)")]
    private static partial Regex TestClass();

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] id = new byte[sizeof(int)];
        stream.ReadExactly(id);
        return id;
    }
}
