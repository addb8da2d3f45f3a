using System.Numerics;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class Key_numbers_that_anyone_could_sign_for_are_refused
{
    private const string NotRsaNumbers = "the key's numbers are not those of an RSA key: anyone could sign for it. Make a new pair.";

    private static readonly BigInteger Modulus = KeyForge.Modulus(2048);

    [Fact]
    public void Exponent_one_with_which_every_signature_is_its_own_message() =>
        Refusals(Modulus, 1).Should().OnlyContain(fault => IsAboutTheKey(fault));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(65536)]
    public void An_even_exponent(int exponent) =>
        Refusals(Modulus, exponent).Should().OnlyContain(fault => IsAboutTheKey(fault));

    [Fact]
    public void An_even_modulus() =>
        Refusals(Modulus - 1, KeyForge.UsualExponent).Should().OnlyContain(fault => IsAboutTheKey(fault));

    [Fact]
    public void An_exponent_as_large_as_the_modulus() =>
        Refusals(Modulus, Modulus).Should().OnlyContain(fault => IsAboutTheKey(fault));

    [Fact]
    public void Negative_numbers()
    {
        Refusals(-Modulus, KeyForge.UsualExponent).Should().OnlyContain(fault => IsAboutTheKey(fault));
        Refusals(Modulus, -3).Should().OnlyContain(fault => IsAboutTheKey(fault));
    }

    [Fact]
    public void But_the_exponent_three_is_an_old_and_good_one()
    {
        string pem = KeyForge.Pem("RSA PUBLIC KEY", KeyForge.Pkcs1Public(Modulus, 3));

        new PlainJwt(new ApiJwtOptions { PublicKeys = { pem } }).Keys.KeyIds.Should().ContainSingle();
    }

    private static IEnumerable<string> Refusals(BigInteger modulus, BigInteger exponent)
    {
        byte[] numbers = KeyForge.Pkcs1Public(modulus, exponent);
        yield return Refused.AsPublic(KeyForge.Pem("RSA PUBLIC KEY", numbers));
        yield return Refused.AsPublic(Convert.ToBase64String(KeyForge.Spki(KeyForge.RsaEncryption, numbers)));
    }

    // Some platforms turn such a key away themselves, on reading it.
    private static bool IsAboutTheKey(string fault) =>
        fault.Contains(NotRsaNumbers, StringComparison.Ordinal) || fault.Contains("the key is damaged", StringComparison.Ordinal);
}
