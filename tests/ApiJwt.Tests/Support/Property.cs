using CsCheck;

namespace Hudya.Tests.Support;

/// <summary>Checks a property with generated cases. The cases are the same in every run, unless a long run is requested.</summary>
/// <remarks>
/// CsCheck_Iter (cases), CsCheck_Time (seconds) and CsCheck_Seed (one case, as a failure names it) are CsCheck's own
/// environment variables; any of them makes the run a random one.
/// </remarks>
public static class Property
{
    private const ulong FixedSeed = 20260101;

    private static readonly bool IsRandom =
        new[] { "CsCheck_Iter", "CsCheck_Time", "CsCheck_Seed" }.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));

    public static void Holds<T>(Gen<T> cases, Action<T> promise, uint count = 100)
    {
        if (IsRandom)
        {
            cases.Sample(promise, writeLine: line => TestContext.Current.TestOutputHelper?.WriteLine(line));
            return;
        }

        // A seed fixes only the first case of CsCheck, so each case gets its own seed.
        for (uint stream = 0; stream < count; stream++)
            cases.Sample(promise, seed: new PCG(stream, FixedSeed).ToString(), iter: 1, threads: 1);
    }
}
