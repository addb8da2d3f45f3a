using System.Diagnostics;
using System.Globalization;

namespace Hudya.Benchmarks;

/// <summary>
/// The daily measurement, which takes less than a minute. Ratios are computed within each round, and the result is their median,
/// so that other load on the machine affects both sides equally.
/// </summary>
internal sealed class QuickRun
{
    private const int Rounds = 150;
    private const int ThreadRounds = 25;
    private const double Tolerance = 1.15;

    private readonly List<Contender> _contenders = [];
    private bool _isMissedByFar;

    /// <summary>The exit code, which is 1 if a ratio is missed by far.</summary>
    public static int Run()
    {
        var run = new QuickRun();
        run.Measure();
        return run._isMissedByFar ? 1 : 0;
    }

    private void Measure()
    {
        var shape = new Shape();
        var one = new Contenders(shape);
        var ten = new Contenders(shape with { Keys = 10 });
        var eight = new Contenders(shape with { Keys = 8 });
        var eightNoKid = new Contenders(shape with { Keys = 8, HasKeyId = false });
        var rejects = new Rejects(shape, one);

        Contender rawVerify = Add("RSA.VerifyData", one.VerifyRaw);
        Contender bare = Add("JsonWebTokenHandler decode", one.DecodeBare);
        Contender cold = Add("ours, cold", one.DecodeCold);
        Contender expired = Add("ours, cold, expired", () => one.DecodeCold(one.Expired));
        Contender tenKeys = Add("ours, cold, 10 keys", ten.DecodeCold);
        Contender forged = Add("ours, cold, 8 keys, forged", () => eight.DecodeCold(eight.Forged));
        Contender noKeyId = Add("ours, cold, 8 keys, no kid", eightNoKid.DecodeCold);
        Contender foreignKeyId = Add("ours, cold, 8 keys, foreign kid", () => eight.DecodeCold(eight.ForeignKeyId));
        Contender warm = Add("ours, warm", one.DecodeWarm);
        Contender hash = Add("SHA-256 of the token", () => one.Hash());
        Add("JwtSecurityTokenHandler decode", one.DecodeOld);
        Add("jose-jwt decode", one.DecodeJose);
        Contender rawSign = Add("RSA.SignData", one.SignRaw);
        Contender bareEncode = Add("JsonWebTokenHandler encode", one.EncodeBare);
        Contender encode = Add("ours, encode", one.EncodeOurs);
        Add("JwtSecurityTokenHandler encode", one.EncodeOld);
        Add("jose-jwt encode", one.EncodeJose);
        Contender[] cheap = [.. Rejects.Cheap.Select(name => Add($"ours, {name}", () => one.Refuse(rejects[name])))];
        Add("ours, foreign", () => one.Refuse(rejects["foreign"]));

        Contender.Measure(_contenders, Rounds);
        Print(rawVerify, one.Token.Length);
        Console.WriteLine();
        Bound("cold / bare handler", cold.RatiosTo(bare), 1.05);
        Bound("cold / raw verify", cold.RatiosTo(rawVerify), 1.12);
        Bound("10 keys / 1 key", tenKeys.RatiosTo(cold), 1.1);
        Bound("forged, 8 keys / raw verify", forged.RatiosTo(rawVerify), 1.15);
        Bound("no kid, 8 keys / raw verify", noKeyId.RatiosTo(rawVerify), 1.15);
        Bound("foreign kid, 8 keys / raw verify", foreignKeyId.RatiosTo(rawVerify), 1.15);
        Bound("warm / bare handler", warm.RatiosTo(bare), 0.05);
        Bound("warm / SHA-256", warm.RatiosTo(hash), 1.3);
        Bound("warm, bytes", [warm.Bytes], 0);
        Bound("cold bytes / bare handler's", [cold.Bytes / bare.Bytes], 1);
        Bound("encode / bare handler", encode.RatiosTo(bareEncode), 1.03);
        Bound("encode / raw sign", encode.RatiosTo(rawSign), 1.05);
        Bound("expired / valid", expired.RatiosTo(cold), 1.1);
        foreach (Contender reject in cheap)
        {
            // About a microsecond, written as a ratio so that it fits slower machines too. Text that is not JSON costs one exception.
            double bound = reject.CountExceptions() == 0 ? 0.08 : 0.5;
            Bound($"{reject.Name["ours, ".Length..]} / raw verify", reject.RatiosTo(rawVerify), bound);
        }

        Bound("exceptions in a rejection", [.. cheap.Select(reject => reject.CountExceptions())], 1, list => list.Max());
        // A busy machine may have no free second core, so the bound is what plain hashing reaches with two threads.
        double possible = Contender.Median(TwoThreads(one.Hash));
        Console.WriteLine($"{"two threads / one, SHA-256 alone",-34}{Contender.Number(possible),10}");
        Bound("two threads / one, cold", TwoThreads(one.DecodeCold), Math.Min(1.8, 0.95 * possible), isAtLeast: true);
        Bound("two threads / one, warm", TwoThreads(one.DecodeWarm), Math.Min(1.8, 0.95 * possible), isAtLeast: true);
        Console.WriteLine(_isMissedByFar ? $"\nMissed by more than {Tolerance - 1:P0}." : "\nNothing is missed by far.");
    }

    private Contender Add<T>(string name, Func<T> operation)
    {
        Contender contender = Contender.Of(name, operation);
        _contenders.Add(contender);
        return contender;
    }

    private void Print(Contender raw, int tokenLength)
    {
        Console.WriteLine($"RS256, 2048 bits, token of {tokenLength} characters, {Rounds} rounds of {Contender.Slice.TotalMilliseconds} ms, medians");
        Console.WriteLine($"\n{"",-34}{"µs",10}{"/ verify",10}{"bytes",10}");
        foreach (Contender contender in _contenders)
            Console.WriteLine($"{contender.Name,-34}{Contender.Number(contender.Microseconds),10}{Contender.Number(Contender.Median(contender.RatiosTo(raw))),10}{contender.Bytes.ToString("0", CultureInfo.InvariantCulture),10}");
    }

    private void Bound(string what, IReadOnlyList<double> values, double bound, Func<IReadOnlyList<double>, double>? summary = null, bool isAtLeast = false)
    {
        double value = (summary ?? Contender.Median)(values);
        bool isMissed = isAtLeast ? value < bound : value > bound;
        bool isMissedByFar = isAtLeast ? value * Tolerance < bound : value > bound * Tolerance;
        _isMissedByFar |= isMissedByFar;
        string verdict = isMissedByFar ? "MISSED BY FAR" : isMissed ? "missed" : "";
        Console.WriteLine($"{what,-34}{Contender.Number(value),10}  {(isAtLeast ? ">=" : "<=")} {Contender.Number(bound),-8}{verdict}");
    }

    /// <summary>The throughput of two threads compared with one, in each round.</summary>
    private static List<double> TwoThreads<T>(Func<T> operation)
    {
        var ratios = new List<double>();
        for (int round = 0; round < ThreadRounds; round++)
        {
            double one = CountWith(1, operation);
            ratios.Add(CountWith(2, operation) / one);
        }

        return ratios;
    }

    private static double CountWith<T>(int threadCount, Func<T> operation)
    {
        long total = 0;
        using var start = new Barrier(threadCount);
        Thread[] threads = [.. Enumerable.Range(0, threadCount).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            long count = 0;
            long begin = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(begin) < 3 * Contender.Slice)
            {
                for (int i = 0; i < 20; i++, count++)
                    operation();
            }

            Interlocked.Add(ref total, count);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return total;
    }
}
