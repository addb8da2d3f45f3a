using BenchmarkDotNet.Attributes;

namespace Hudya.Benchmarks;

[BenchmarkCategory("decode")]
public class DecodeBenchmarks
{
    private Contenders _contenders = null!;

    public static IEnumerable<Shape> Shapes { get; } =
    [
        new(PayloadBytes: 512),
        new(PayloadBytes: 2048),
        new(PayloadBytes: 8192),
        new(PayloadBytes: 512, Keys: 10),
        new(PayloadBytes: 512, Keys: 10, HasKeyId: false),
        new(PayloadBytes: 512, HasKeyId: false),
        new(PayloadBytes: 512, KeyBits: 4096),
    ];

    [ParamsSource(nameof(Shapes))]
    public Shape Shape { get; set; } = null!;

    [GlobalSetup]
    public void Setup() => _contenders = new Contenders(Shape);

    [Benchmark(Description = "RSA.VerifyData", Baseline = true)]
    public bool Raw() => _contenders.VerifyRaw();

    [Benchmark(Description = "JsonWebTokenHandler")]
    public object Bare() => _contenders.DecodeBare();

    [Benchmark(Description = "JwtSecurityTokenHandler")]
    public object Old() => _contenders.DecodeOld();

    [Benchmark(Description = "jose-jwt")]
    public object Jose() => _contenders.DecodeJose();

    [Benchmark(Description = "ours, cold")]
    public object Cold() => _contenders.DecodeCold();

    [Benchmark(Description = "ours, warm")]
    public object Warm() => _contenders.DecodeWarm();
}
