namespace Hudya.Benchmarks;

/// <summary>Issues tokens of the same length that differ only in their subject.</summary>
internal sealed class Issuing(Shape shape)
{
    private readonly BenchmarkJwt _jwt = new(new ApiJwtOptions { PrivateKey = shape.Pair.PrivateKeyPem });
    private readonly TokenRequest _request = shape.Request;
    private int _issued;

    public string[] Next(int count)
    {
        var tokens = new string[count];
        Parallel.For(0, count, index => tokens[index] = _jwt.Encode(new TokenRequest
        {
            Subject = $"user{_issued + index:0000000}@domain.com",
            Key = _request.Key, Level = _request.Level, Factor = _request.Factor, Target = _request.Target, Scopes = _request.Scopes,
        }));
        _issued += count;
        return tokens;
    }
}
