using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;

namespace Hudya.Benchmarks;

/// <summary>An operation and its measured time in each round.</summary>
internal sealed class Contender
{
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromMilliseconds(200);

    private readonly Action _operation;
    private readonly List<double> _microseconds = [];
    private readonly int _countPerSlice;

    private Contender(string name, Action operation)
    {
        Name = name;
        _operation = operation;
        // The warm-up lets the compiler optimise, and counts how often the operation fits into a slice.
        long begin = Stopwatch.GetTimestamp();
        int count = 0;
        for (; Stopwatch.GetElapsedTime(begin) < WarmUpTime; count++)
            operation();
        _countPerSlice = Math.Max(1, (int)(count * (Slice / WarmUpTime)));
    }

    public static TimeSpan Slice { get; } = TimeSpan.FromMilliseconds(8);

    public string Name { get; }

    public double Microseconds => Median(_microseconds);

    /// <summary>The bytes that one operation allocates.</summary>
    public double Bytes { get; private set; }

    public static Contender Of<T>(string name, Func<T> operation) => new(name, () => operation());

    /// <summary>Measures every contender for one slice in each round, so that other load on the machine affects all of them equally.</summary>
    public static void Measure(IReadOnlyList<Contender> contenders, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            // Each round begins with another contender, and every second round runs in reverse order.
            IEnumerable<Contender> order = contenders.Skip(round % contenders.Count).Concat(contenders.Take(round % contenders.Count));
            foreach (Contender contender in round % 2 == 0 ? order : order.Reverse())
                contender.MeasureSlice();
        }
    }

    public static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public static string Number(double value) => value.ToString(value < 10 ? "0.000" : "0.0", CultureInfo.InvariantCulture);

    public List<double> RatiosTo(Contender other) => [.. _microseconds.Zip(other._microseconds, (mine, theirs) => mine / theirs)];

    /// <summary>How many exceptions one operation throws, including those that it catches.</summary>
    public double CountExceptions()
    {
        int count = 0;
        void OnException(object? sender, FirstChanceExceptionEventArgs e) => count++;
        AppDomain.CurrentDomain.FirstChanceException += OnException;
        _operation();
        AppDomain.CurrentDomain.FirstChanceException -= OnException;
        return count;
    }

    private void MeasureSlice()
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < _countPerSlice; i++)
            _operation();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(begin);
        Bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / _countPerSlice;
        _microseconds.Add(elapsed.TotalMicroseconds / _countPerSlice);
    }
}
