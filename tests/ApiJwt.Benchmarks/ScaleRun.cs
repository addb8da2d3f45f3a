using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Hudya.Benchmarks;

/// <summary>Measures how the cost depends on the number of keys, the payload and the tokens seen, and prints Markdown tables for the README.</summary>
internal static class ScaleRun
{
    private const int BatchSize = 1000;
    private const int Rounds = 60;

    /// <param name="mostTokens">The largest number of tokens. Signing a million tokens takes a few minutes.</param>
    public static int Run(int mostTokens)
    {
        Keys();
        Payloads();
        TokensSeen(mostTokens);
        return 0;
    }

    private static void Keys()
    {
        Console.WriteLine("| keys (token with kid) | decode of a new token, µs | of one seen before, µs | memory of the instance, KB |");
        Console.WriteLine("|---:|---:|---:|---:|");
        Case[] cases = [.. new Shape[] { new(Keys: 1), new(Keys: 10), new(Keys: 100) }.Select(shape => new Case(shape))];
        Measure(cases);
        foreach (Case each in cases)
            Row(each.Shape.Keys, each.Cold.Microseconds, each.Warm.Microseconds, BytesHeld(each.Shape, cacheSize: 0, [each.Token]) / 1024);
    }

    private static void Payloads()
    {
        Console.WriteLine("\n| payload, bytes | token, characters | RSA.VerifyData, µs | decode of a new token, µs | of one seen before, µs | bytes per remembered token |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|");
        Case[] cases = [.. new Shape[] { new(), new(PayloadBytes: 512), new(PayloadBytes: 2048), new(PayloadBytes: 8192) }.Select(shape => new Case(shape))];
        Measure(cases);
        foreach (Case each in cases)
            Row(Forge.PayloadOf(each.Token).Length, each.Token.Length, each.Raw.Microseconds, each.Cold.Microseconds, each.Warm.Microseconds, BytesPerEntry(each.Shape));
    }

    private static void TokensSeen(int most)
    {
        int cacheSize = new ApiJwtOptions().VerifiedTokenCacheSize;
        Console.WriteLine($"\n| different tokens seen (cache of {cacheSize}) | decode of a new token, µs | of one seen before, µs | memory of the instance, KB |");
        Console.WriteLine("|---:|---:|---:|---:|");
        var shape = new Shape();
        var issuing = new Issuing(shape);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        BenchmarkJwt jwt = Verifier(shape, cacheSize);
        var cold = new List<double>();
        var warm = new List<double>();
        int seen = 0;
        for (int checkpoint = BatchSize; checkpoint <= most; checkpoint *= 10)
        {
            for (; seen < checkpoint; seen += BatchSize)
                DecodeTwice(jwt, issuing, cold, warm);
            double bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
            Row(seen, Contender.Median(cold), Contender.Median(warm), bytes / 1024);
        }

        GC.KeepAlive(jwt);
    }

    // A separate method, so that no local variable refers to tokens when the memory is measured.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DecodeTwice(BenchmarkJwt jwt, Issuing issuing, List<double> cold, List<double> warm)
    {
        cold.Clear();
        warm.Clear();
        foreach (string token in issuing.Next(BatchSize))
        {
            long begin = Stopwatch.GetTimestamp();
            jwt.Decode(token);
            long middle = Stopwatch.GetTimestamp();
            jwt.Decode(token);
            warm.Add(Stopwatch.GetElapsedTime(middle).TotalMicroseconds);
            cold.Add(Stopwatch.GetElapsedTime(begin, middle).TotalMicroseconds);
        }
    }

    /// <summary>The memory of an instance that caches a thousand tokens, minus that of an instance that decoded them without a cache.</summary>
    private static double BytesPerEntry(Shape shape)
    {
        string[] tokens = new Issuing(shape).Next(BatchSize);
        // The first decodes fill shared memory, such as the array pools.
        BytesHeld(shape, BatchSize, tokens);
        return (BytesHeld(shape, BatchSize, tokens) - BytesHeld(shape, cacheSize: 0, tokens)) / BatchSize;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double BytesHeld(Shape shape, int cacheSize, string[] tokens)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        BenchmarkJwt jwt = Verifier(shape, cacheSize);
        foreach (string token in tokens)
            jwt.Decode(token);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(jwt);
        return after - before;
    }

    private static void Measure(Case[] cases) =>
        Contender.Measure([.. cases.SelectMany(each => new[] { each.Raw, each.Cold, each.Warm })], Rounds);

    private static BenchmarkJwt Verifier(Shape shape, int cacheSize) => new(Contenders.Verifying(shape.PublicKeys, cacheSize));

    private static void Row(params object[] cells) => Console.WriteLine($"| {string.Join(" | ", cells.Select(Text))} |");

    private static string Text(object cell) => string.Format(CultureInfo.InvariantCulture, cell is double and < 100 ? "{0:0.0}" : "{0:#,0}", cell);

    private sealed class Case(Shape shape)
    {
        private readonly Contenders _contenders = new(shape);

        public Shape Shape => shape;

        public string Token => _contenders.Token;

        public Contender Raw => field ??= Contender.Of("raw", _contenders.VerifyRaw);

        public Contender Cold => field ??= Contender.Of("cold", _contenders.DecodeCold);

        public Contender Warm => field ??= Contender.Of("warm", _contenders.DecodeWarm);
    }
}
