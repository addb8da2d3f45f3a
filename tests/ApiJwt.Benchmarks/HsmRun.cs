using System.Security.Cryptography;
using System.Text;
using Hudya.Tests.Hsm;
using Hudya.Tests.Readme;

namespace Hudya.Benchmarks;

/// <summary>Measures the cost of issuing a token compared with the call that signs it in a hardware module. SoftHSM stands in for the module.</summary>
internal static class HsmRun
{
    private const int Rounds = 150;
    private const double Bound = 1.03;

    /// <summary>The exit code, which is 2 without SoftHSM.</summary>
    public static int Run()
    {
        if (SoftHsm.LibraryPath is null)
        {
            Console.WriteLine("SoftHSM is not installed: bash tests/ApiJwt.Tests/Hsm/install.sh");
            return 2;
        }

        using var hsm = new SoftHsm();
        Console.WriteLine($"SoftHSM {hsm.Library.LibraryVersion}, medians of {Rounds} rounds of {Contender.Slice.TotalMilliseconds} ms, ratios within a round\n");
        Console.WriteLine($"{"bits",4}{"sign, µs",12}{"and check",12}{"Encode",12}{"check / sign",16}{"Encode / both",16}{"Encode / sign",16}");
        foreach (int bits in (int[])[2048, 3072, 4096])
            Measure(hsm, bits);
        return 0;
    }

    private static void Measure(SoftHsm hsm, int bits)
    {
        TokenRequest request = new Shape().Request;
        string label = $"{bits} bits";
        hsm.MakeKey(label, bits);
        var signer = new Pkcs11Signer(hsm.Slot, label);
        var jwt = new BenchmarkJwt(new ApiJwtOptions { Signer = signer });
        string token = jwt.Encode(request);
        byte[] input = Encoding.ASCII.GetBytes(token[..token.LastIndexOf('.')]);
        using var publicKey = RSA.Create();
        publicKey.ImportFromPem(signer.PublicKey);

        Contender sign = Contender.Of("sign", Sign);
        // The check is measured with the signing, because signing evicts its data from the cache. Alone, it is a third faster.
        Contender both = Contender.Of("sign and check", () => publicKey.VerifyData(input, Sign(), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Contender encode = Contender.Of("encode", () => jwt.Encode(request));
        Contender.Measure([sign, both, encode], Rounds);

        double ratio = Contender.Median(encode.RatiosTo(sign));
        Console.WriteLine(
            $"{bits,4}{Contender.Number(sign.Microseconds),12}{Contender.Number(both.Microseconds),12}{Contender.Number(encode.Microseconds),12}"
            + $"{Contender.Number(Contender.Median(both.RatiosTo(sign))),16}{Contender.Number(Contender.Median(encode.RatiosTo(both))),16}{Contender.Number(ratio),16}"
            + (ratio > Bound ? $"  missed: <= {Contender.Number(Bound)}" : ""));

        byte[] Sign() => signer.SignAsync(input, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }
}
