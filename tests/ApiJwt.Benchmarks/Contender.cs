using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;

namespace Hudya.Benchmarks;

/// <summary>An operation, and what it took in each round of a measurement.</summary>
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
        // Long enough for the optimising compiler, and to find how often the operation fits into a slice.
        long begin = Stopwatch.GetTimestamp();
        int count = 0;
        for (; Stopwatch.GetElapsedTime(begin) < WarmUpTime; count++)
            operation();
        _countPerSlice = Math.Max(1, (int)(count * (Slice / WarmUpTime)));
    }

    public static TimeSpan Slice { get; } = TimeSpan.FromMilliseconds(8);

    public string Name { get; }

    public double Microseconds => Median(_microseconds);

    /// <summary>Allocated by one operation.</summary>
    public double Bytes { get; private set; }

    public static Contender Of<T>(string name, Func<T> operation) => new(name, () => operation());

    /// <summary>Gives each a slice in each round, so that what else the machine does then touches all alike.</summary>
    public static void Measure(IReadOnlyList<Contender> contenders, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            // Another one begins each time, and every other round goes backwards.
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

    /// <summary>How many exceptions one operation raises, caught ones included.</summary>
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
