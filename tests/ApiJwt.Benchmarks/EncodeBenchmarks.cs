using BenchmarkDotNet.Attributes;

namespace Hudya.Benchmarks;

[BenchmarkCategory("encode")]
public class EncodeBenchmarks
{
    private Contenders _contenders = null!;

    public static IEnumerable<Shape> Shapes { get; } =
        [new(PayloadBytes: 512), new(PayloadBytes: 2048), new(PayloadBytes: 8192), new(PayloadBytes: 512, KeyBits: 4096)];

    [ParamsSource(nameof(Shapes))]
    public Shape Shape { get; set; } = null!;

    [GlobalSetup]
    public void Setup() => _contenders = new Contenders(Shape);

    [Benchmark(Description = "RSA.SignData", Baseline = true)]
    public object Raw() => _contenders.SignRaw();

    [Benchmark(Description = "JsonWebTokenHandler")]
    public object Bare() => _contenders.EncodeBare();

    [Benchmark(Description = "JwtSecurityTokenHandler")]
    public object Old() => _contenders.EncodeOld();

    [Benchmark(Description = "jose-jwt")]
    public object Jose() => _contenders.EncodeJose();

    [Benchmark(Description = "ours")]
    public object Ours() => _contenders.EncodeOurs();
}
