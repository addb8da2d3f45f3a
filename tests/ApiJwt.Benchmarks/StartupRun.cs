using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Benchmarks;

/// <summary>Measures the first token of a new process, including compilation. Each run is a new process.</summary>
internal static class StartupRun
{
    /// <summary>The argument with which this program runs as the measured process.</summary>
    public const string Child = "startup-child";

    private const int Runs = 21;
    private const string Key = "BENCHMARK_KEY";
    private const string Token = "BENCHMARK_TOKEN";

    private static readonly string[] Jobs = ["ours, decode", "with a policy, decode", "bare handler, decode", "ours, encode"];

    public static int Run()
    {
        var shape = new Shape();
        string token = new BenchmarkJwt(new ApiJwtOptions { PrivateKey = shape.Pair.PrivateKeyPem }).Encode(shape.Request);
        Console.WriteLine($"Milliseconds in a fresh process, medians of {Runs}");
        Console.WriteLine($"\n{"",-26}{"construct",12}{"first call",12}{"second call",12}");
        Dictionary<string, List<double[]>> runs = Jobs.ToDictionary(job => job, _ => new List<double[]>());
        for (int run = 0; run < Runs; run++)
        {
            // The jobs take turns, so that other load on the machine affects all of them equally.
            foreach (string job in Jobs)
                runs[job].Add(RunOne(job, job == "ours, encode" ? shape.Pair.PrivateKeyPem : shape.Pair.PublicKeyPem, token));
        }

        foreach (string job in Jobs)
            Console.WriteLine($"{job,-26}" + string.Concat(Enumerable.Range(0, 3).Select(column => $"{Contender.Number(Contender.Median([.. runs[job].Select(run => run[column])])),12}")));
        Console.WriteLine();
        foreach (string job in Jobs[..2])
        {
            IEnumerable<double> ratios = runs[job].Zip(runs["bare handler, decode"], (ours, bare) => (ours[0] + ours[1]) / (bare[0] + bare[1]));
            Console.WriteLine($"{job}: construct and first decode / bare handler {Contender.Number(Contender.Median([.. ratios]))}");
        }

        return 0;
    }

    public static int RunChild(string job)
    {
        string key = Environment.GetEnvironmentVariable(Key)!;
        string token = Environment.GetEnvironmentVariable(Token)!;
        long begin = Stopwatch.GetTimestamp();
        Func<bool> call = Construct(job, key, token);
        double constructed = Elapsed(ref begin);
        bool isDone = call();
        double first = Elapsed(ref begin);
        isDone &= call();
        double second = Elapsed(ref begin);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{constructed} {first} {second}"));
        return isDone ? 0 : 1;
    }

    private static Func<bool> Construct(string job, string key, string token)
    {
        switch (job)
        {
            case "ours, decode":
                var verifier = new VerifyingJwt(new ApiJwtOptions { PublicKeys = { key } });
                return () => verifier.Decode(token).IsValid;
            case "with a policy, decode":
                var knowing = new BenchmarkJwt(new ApiJwtOptions { PublicKeys = { key } });
                return () => knowing.Decode(token).IsValid;
            case "ours, encode":
                var issuer = new BenchmarkJwt(new ApiJwtOptions { PrivateKey = key });
                TokenRequest request = new Shape().Request;
                return () => issuer.Encode(request).Length > 0;
            default:
                using (var rsa = RSA.Create())
                {
                    rsa.ImportFromPem(key);
                    var handler = new JsonWebTokenHandler { MapInboundClaims = false };
                    var parameters = new TokenValidationParameters
                    {
                        IssuerSigningKey = new RsaSecurityKey(rsa.ExportParameters(false)),
                        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
                        ClockSkew = TimeSpan.Zero,
                        ValidateIssuer = false,
                        ValidateAudience = false,
                    };
                    return () => handler.ValidateTokenAsync(token, parameters).GetAwaiter().GetResult().IsValid;
                }
        }
    }

    private static double[] RunOne(string job, string key, string token)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Child, job]) { RedirectStandardOutput = true };
        start.Environment[Key] = key;
        start.Environment[Token] = token;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? [.. output.Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"The run of '{job}' failed.");
    }

    private static double Elapsed(ref long begin)
    {
        double milliseconds = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        begin = Stopwatch.GetTimestamp();
        return milliseconds;
    }

    /// <summary>A class without a policy, for a service that only verifies tokens.</summary>
    private sealed class VerifyingJwt(ApiJwtOptions options) : ApiJwt(options);
}
