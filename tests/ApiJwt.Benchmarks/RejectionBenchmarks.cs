using BenchmarkDotNet.Attributes;

namespace Hudya.Benchmarks;

[BenchmarkCategory("rejection")]
public class RejectionBenchmarks
{
    private Contenders _contenders = null!;
    private string _token = "";

    public static IEnumerable<string> Names => Rejects.Names;

    [ParamsSource(nameof(Names))]
    public string Reject { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var shape = new Shape();
        _contenders = new Contenders(shape);
        _token = new Rejects(shape, _contenders)[Reject];
    }

    [Benchmark(Description = "RSA.VerifyData", Baseline = true)]
    public bool Raw() => _contenders.VerifyRaw();

    [Benchmark(Description = "JsonWebTokenHandler")]
    public object Bare() => _contenders.DecodeBare(_token);

    // An expired token with a correct signature is cached, so it is measured without the cache.
    [Benchmark(Description = "ours")]
    public object Ours() => Reject == "expired" ? _contenders.DecodeCold(_token) : _contenders.Refuse(_token);
}
