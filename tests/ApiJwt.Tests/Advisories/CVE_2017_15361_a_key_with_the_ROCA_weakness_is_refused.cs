using System.Numerics;
using System.Security.Cryptography;

namespace Hudya.Tests.Advisories;

/// <summary>
/// A faulty chip made primes of the form k * M + (65537^a mod M), where M is the product of the first primes. The private half of
/// such a key can be computed from the public half.
/// </summary>
public class CVE_2017_15361_a_key_with_the_ROCA_weakness_is_refused
{
    private const string Weakness = "the key has the ROCA weakness (CVE-2017-15361)";

    // Project Wycheproof, testvectors_v1/json_web_key_test.json, jws_rsa_roca_key, test case 7: rejectsKeyWithRocaVulnerability.
    private const string PublishedModulus =
        "AanFpofbj7KjD4Lf-N2hVMKR7yewSyXhhbirIMTGpfYEhZ_lnt5UoK98DnKIgArXGTu3MaW_HhFw16HGaTDUHqPrId7fe4r11CqRw09yBFuW79V8sYIwHdzCaWflUI6auImYbVfoN9_nD5n8N8SY9DwXw7mwZM9wREPXoDPgOoIWl6q_MPsp7n0zs3Z5ZaiQWOOzl1S9OhwAfSiiOwz6efnXEaxuTEtPd7BjSx7NaFka8Dx9U7YqXy2RFj1O9PjyaDGuRh7YXsX3iMUSP_wSyHQg_c_qHRtKUsNSGCT7OZg0hzm2KphtjnayKJvC64vAbROBR4Ubg6Bxg9IQVZ-QYyE";

    private const string PublishedPrivateExponent =
        "NGpEqgz5j8BLNI1mEcK-sIVOr9AgMDWnRKisjAz4eWTtHlYiTLSWY4QeMzNir_LzBEr1LbZteTAvG5dVc9FpRDy6Grngd6bzy5nONYWPy8a1F88V-zT5OCgm2cd9N1EMzsOZEm1gE4xae1Z1dxptVsiGK-HvRypG_SMacch063aSDM46Asvao8PjqWGy-ZGwnaprx5ME4ZWRMKtov8BVMvkrs1KeM7TtjMg27hvreTueu8fbgNc9U93S2sWjw_4YvS72idsM95e-MCNwhKkrfufNhc5-8-pxD6cbiu8BnG4gR0vuQUNJFx16BsskC7JgOwEUhUg1Q0pYYj3DA54OwQ";

    private const string PublishedPrime =
        "ARXNC8pC9mwATep-hd8UJIPF-zxRT3SLSo-oqcfvsfxh31YwlKtfIx7TZgXY1Zqva9zzxJZYxR1XrJp3M0Ny5yRSz04EE7tOjSC3-vR2oIGtkWPFUUF4VpEwrDzqPrZa7JKY-ZJ0qchxLYwzKj7LgEA2HY8l1GBQzHYqqbblMNyF";

    private static readonly int[] Primes = [.. Enumerable.Range(2, 166).Where(number => Enumerable.Range(2, number - 2).All(factor => number % factor != 0))];

    private static readonly BigInteger M = Primes.Aggregate(BigInteger.One, (product, prime) => product * prime);

    private static readonly BigInteger Published = KeyForge.Number(Forge.Decode(PublishedModulus));

    [Fact]
    public void A_published_weak_public_key_is_refused() => Refused.AsPublic(PublicPem(Published)).Should().Contain(Weakness).And.Contain("openssl genrsa");

    [Fact]
    public void A_published_weak_private_key_is_refused()
    {
        BigInteger p = KeyForge.Number(Forge.Decode(PublishedPrime));
        BigInteger q = Published / p;
        BigInteger d = KeyForge.Number(Forge.Decode(PublishedPrivateExponent));
        byte[] pkcs1 = KeyForge.Integers(0, Published, KeyForge.UsualExponent, d, p, q, d % (p - 1), d % (q - 1), BigInteger.ModPow(q, p - 2, p));

        Refused.AsPrivate(KeyForge.Pem("RSA PRIVATE KEY", pkcs1)).Should().Contain(Weakness);
    }

    [Fact]
    public async Task A_published_weak_key_in_a_key_set_is_not_used()
    {
        using var server = new AuthServer();
        server.Publish(AuthServer.KeySet, $$"""{"keys":[{"kty":"RSA","n":"{{PublishedModulus}}","e":"AQAB"}]}""");
        var jwt = new PlainJwt(server.Connect(new ApiJwtOptions { JwksUri = AuthServer.KeySet }));

        await jwt.Keys.RefreshAsync(TestContext.Current.CancellationToken);

        jwt.Keys.KeyIds.Should().BeEmpty();
        jwt.Keys.FetchStatus!.Fault.Should().Contain("1 unfit for RS256");
    }

    /// <summary>The test makes the factors as the chip did. They need not be prime to have its structure.</summary>
    [Theory]
    [InlineData(2048), InlineData(3072), InlineData(4096)]
    public void A_key_with_the_weak_structure_is_refused(int bits)
    {
        for (int i = 0; i < 20; i++)
            Refused.AsPublic(PublicPem(Weak(bits / 2) * Weak(bits / 2))).Should().Contain(Weakness);
    }

    /// <summary>The chip never made a key that lacks the structure at one of the primes.</summary>
    [Fact]
    public void A_key_that_lacks_the_weak_structure_at_one_prime_is_accepted()
    {
        foreach (int prime in Primes.Where(prime => prime > 2))
        {
            int stray = Enumerable.Range(0, prime).First(remainder => !Enumerable.Range(0, prime).Any(power => BigInteger.ModPow(65537, power, prime) == remainder));
            BigInteger others = M / prime;
            // A step leaves the remainder modulo every other prime unchanged.
            BigInteger step = others * BigInteger.ModPow(others, prime - 2, prime);
            BigInteger modulus = Published + (step * (stray - (int)(Published % prime) + prime));

            Keys(PublicPem(modulus)).Should().ContainSingle("it differs from the published key at the prime {0}", prime);
        }
    }

    [Fact]
    public void An_ordinary_key_is_accepted()
    {
        for (int i = 0; i < 500; i++)
        {
            BigInteger modulus = KeyForge.Modulus(2048);
            while (BigInteger.GreatestCommonDivisor(modulus, M) != 1)
                modulus += 2;
            Keys(PublicPem(modulus)).Should().ContainSingle();
        }

        for (int i = 0; i < 10; i++)
            Keys(RsaKeyPair.Generate().PublicKeyPem).Should().ContainSingle();
    }

    private static IReadOnlyList<string> Keys(string pem) => new PlainJwt(new ApiJwtOptions { PublicKeys = { pem } }).Keys.KeyIds;

    private static string PublicPem(BigInteger modulus) => KeyForge.Pem("RSA PUBLIC KEY", KeyForge.Pkcs1Public(modulus, KeyForge.UsualExponent));

    private static BigInteger Weak(int bits)
    {
        BigInteger power = BigInteger.ModPow(65537, KeyForge.Number(RandomNumberGenerator.GetBytes(32)), M);
        // With the highest two bits set, the product of two such numbers has the full length.
        BigInteger start = (BigInteger.One << (bits - 1)) + (BigInteger.One << (bits - 2)) + KeyForge.Modulus(bits - 4);
        return (start / M * M) + power;
    }
}
