using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Hudya.Benchmarks;

/// <summary>Measures the cost of a million revocations: the memory for each, and the time that they add to a decode of a cached token.</summary>
internal sealed class RevocationsRun
{
    private const int Entries = 1_000_000;
    private const int Rounds = 100;

    // The tokens are used in turn, so that tokens and entries do not stay in the processor's cache.
    private const int Tokens = 1000;
    private const double Nanoseconds = 100;

    private static readonly DateTimeOffset Later = TimeProvider.System.GetUtcNow().AddHours(1);
    private static readonly RsaKeyPair Pair = RsaKeyPair.Generate();

    private readonly string[] _tokens;
    private readonly byte[] _hashed;
    private readonly byte[] _digest = new byte[SHA256.HashSizeInBytes];

    private RevocationsRun()
    {
        SessionJwt issuer = Verifier();
        _tokens = [.. Enumerable.Range(0, Tokens).Select(i => issuer.Encode(new TokenRequest { Subject = $"user{i:0000000}@domain.com" }))];
        _hashed = Encoding.ASCII.GetBytes(_tokens[0]);
    }

    /// <summary>The exit code, which is 1 if a look-up takes too long or allocates.</summary>
    public static int Run() => new RevocationsRun().Measure();

    private int Measure()
    {
        Console.WriteLine("| revoked | bytes for each | µs to revoke one |");
        Console.WriteLine("|---|---:|---:|");
        SessionJwt none = Verifier();
        SessionJwt tokens = Filled("a million tokens", (list, i) => list.RevokeToken(Id(i), Later));
        SessionJwt subjects = Filled("a million subjects", (list, i) => list.RevokeSubject($"other{i:0000000}@domain.com"));
        foreach (SessionJwt jwt in (SessionJwt[])[none, tokens, subjects])
        {
            foreach (string token in _tokens)
                _ = jwt.Decode(token).IsValid ? true : throw new InvalidOperationException("Every token should be good.");
        }

        Console.WriteLine("\n| revoked | decode of a token seen before, µs | beside SHA-256 of it | ns for the look-up | of a thousand in turn, ns | bytes allocated |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        Case[] cases = [CaseOf("nothing", none), CaseOf("a million tokens", tokens), CaseOf("a million subjects", subjects)];
        Contender hash = Contender.Of("SHA-256 of the token", Hash);
        Contender.Measure([.. cases.SelectMany(each => new[] { each.One, each.InTurn }), hash], Rounds);
        bool isMissed = false;
        foreach (Case each in cases)
        {
            double lookUp = Difference(each.One, cases[0].One);
            isMissed |= lookUp > Nanoseconds || each.One.Bytes >= 1;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {each.Name} | {each.One.Microseconds:0.000} | {Contender.Median(each.One.RatiosTo(hash)):0.00} | {lookUp:0} | {Difference(each.InTurn, cases[0].InTurn):0} | {each.One.Bytes:0} |"));
        }

        Console.WriteLine(isMissed ? $"\nMissed: a look-up takes {Nanoseconds} ns at most, and allocates nothing." : "");
        return isMissed ? 1 : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SessionJwt Filled(string name, Action<RevocationList, int> revoke)
    {
        SessionJwt jwt = Verifier();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < Entries; i++)
            revoke(jwt.Revocations, i);
        double microseconds = Stopwatch.GetElapsedTime(begin).TotalMicroseconds / Entries;
        long bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {(double)bytes / Entries:0} | {microseconds:0.0} |"));
        return jwt;
    }

    private static SessionJwt Verifier() => new(new ApiJwtOptions { PrivateKey = Pair.PrivateKeyPem, VerifiedTokenCacheSize = 4 * Tokens });

    // The id has the length of an issued one.
    private static string Id(int number) => number.ToString("0000000000000000000000", CultureInfo.InvariantCulture);

    /// <summary>The difference in nanoseconds, computed within each round, so that other load affects both sides equally.</summary>
    private static double Difference(Contender with, Contender without) => (Contender.Median(with.RatiosTo(without)) - 1) * without.Microseconds * 1000;

    private Case CaseOf(string name, SessionJwt jwt) => new(name, Contender.Of(name, Decode(jwt, 1)), Contender.Of(name, Decode(jwt, Tokens)));

    private Func<bool> Decode(SessionJwt jwt, int tokens)
    {
        int next = 0;
        return () => jwt.Decode(_tokens[next = (next + 1) % tokens]).IsValid;
    }

    private byte Hash()
    {
        SHA256.HashData(_hashed, _digest);
        return _digest[0];
    }

    private sealed class SessionJwt : ApiJwt
    {
        public SessionJwt(ApiJwtOptions options)
            : base(options)
        {
            Policy.WriteTokenId();
            Policy.WriteIssuedAt();
        }
    }

    private sealed record Case(string Name, Contender One, Contender InTurn);
}
