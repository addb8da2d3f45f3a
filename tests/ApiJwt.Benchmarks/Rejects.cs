using System.Security.Cryptography;

namespace Hudya.Benchmarks;

/// <summary>Tokens that are refused, by their fault.</summary>
public sealed class Rejects
{
    private readonly Dictionary<string, string> _tokens;

    public Rejects(Shape shape, Contenders contenders)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(contenders);
        string token = contenders.Token;
        string payload = Forge.PayloadOf(token);
        using RSA ours = RSA.Create();
        ours.ImportFromPem(shape.Pair.PrivateKeyPem);
        using RSA foreign = RSA.Create(shape.KeyBits);
        _tokens = new Dictionary<string, string>
        {
            ["garbage"] = new string('x', token.Length),
            ["garbage with dots"] = $"{new string('A', 100)}.{new string('A', 200)}.{new string('A', 342)}",
            ["wrong algorithm"] = Forge.Sign("""{"alg":"HS256","typ":"JWT"}""", payload, ours),
            ["oversize"] = new string('x', 1024 * 1024),
            ["malformed"] = token + "=",
            ["malformed header"] = Forge.Sign("""{"alg":"RS256","typ":JWT}""", payload, ours),
            ["foreign"] = Forge.Sign("""{"alg":"RS256","kid":"a-key-of-another-service","typ":"JWT"}""", payload, foreign),
            ["expired"] = contenders.Expired,
        };
    }

    public static IReadOnlyList<string> Names { get; } =
        ["garbage", "garbage with dots", "wrong algorithm", "oversize", "malformed", "malformed header", "foreign", "expired"];

    /// <summary>The tokens that are refused without a signature check.</summary>
    public static IEnumerable<string> Cheap => Names.Except(["foreign", "expired"]);

    public string this[string name] => _tokens[name];
}
