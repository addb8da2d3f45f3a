using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Hudya.Benchmarks;
using Perfolizer.Horology;

return args switch
{
    ["quick"] => QuickRun.Run(),
    ["scale"] => ScaleRun.Run(mostTokens: 1_000_000),
    ["scale", var most] => ScaleRun.Run(int.Parse(most, CultureInfo.InvariantCulture)),
    ["hsm"] => HsmRun.Run(),
    ["startup"] => StartupRun.Run(),
    ["revocations"] => RevocationsRun.Run(),
    [StartupRun.Child, var job] => StartupRun.RunChild(job),
    _ => RunAll(args),
};

// One table that compares each operation with the raw one in the same situation.
static int RunAll(string[] args)
{
    IConfig config = ManualConfig.Create(DefaultConfig.Instance)
        .AddJob(Job.Default.WithWarmupCount(4).WithIterationCount(12).WithIterationTime(TimeInterval.FromMilliseconds(100)).AsDefault())
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddLogicalGroupRules(BenchmarkLogicalGroupRule.ByCategory)
        .HideColumns(Column.Error, Column.StdDev, Column.RatioSD, Column.Gen0, Column.Gen1, Column.Gen2, Column.AllocRatio)
        .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(40).WithTimeUnit(TimeUnit.Microsecond))
        .WithOptions(ConfigOptions.JoinSummary);
    BenchmarkSwitcher.FromAssembly(typeof(DecodeBenchmarks).Assembly).Run(args.Length > 0 ? args : ["--filter", "*"], config);
    return 0;
}
