using System.Numerics;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class Key_numbers_that_anyone_could_sign_for_are_refused
{
    private const string NotRsaNumbers = "the key's numbers are not those of an RSA key that is fit for use. Make a new pair: openssl genrsa -out key.pem 2048";

    private static readonly BigInteger Modulus = KeyForge.Modulus(2048);

    [Fact]
    public void Exponent_one_with_which_every_signature_is_its_own_message() =>
        Refusals(Modulus, 1).Should().OnlyContain(fault => fault.Contains(NotRsaNumbers));

    [Theory]
    [InlineData(2)]
    [InlineData(65536)]
    public void An_even_exponent(int exponent) =>
        Refusals(Modulus, exponent).Should().OnlyContain(fault => fault.Contains(NotRsaNumbers));

    [Fact]
    public void An_even_modulus() =>
        Refusals(Modulus - 1, KeyForge.UsualExponent).Should().OnlyContain(fault => fault.Contains(NotRsaNumbers));

    [Fact]
    public void An_exponent_of_more_than_64_bits() =>
        Refusals(Modulus, (BigInteger.One << 64) + 1).Should().OnlyContain(fault => fault.Contains(NotRsaNumbers));

    [Fact]
    public void But_64_bits_are_fine() => ShouldBeTaken(Modulus, (BigInteger.One << 64) - 1);

    [Fact]
    public void As_is_one_whose_bytes_would_be_even_the_other_way_round() => ShouldBeTaken(Modulus, 0x020001);

    [Fact]
    public void Zero_and_negative_numbers()
    {
        Refusals(Modulus, 0).Should().OnlyContain(fault => fault.Contains("the key is damaged"));
        Refusals(0, KeyForge.UsualExponent).Last().Should().Contain("the key is damaged");
        Refusals(-Modulus, KeyForge.UsualExponent).Should().OnlyContain(fault => fault.Contains("the key is damaged"));
        Refusals(Modulus, -3).Should().OnlyContain(fault => fault.Contains("the key is damaged"));
    }

    [Fact]
    public void More_bits_than_any_platform_verifies_with() =>
        Refusals(KeyForge.Modulus(16385), KeyForge.UsualExponent).Should().OnlyContain(fault => fault.Contains("the key has 16385 bits. Up to 16384 are supported"));

    [Theory]
    [InlineData(3)]
    [InlineData(65535)]
    public void A_small_exponent_which_FIPS_186_5_has_put_out_of_use(int exponent) =>
        Refusals(Modulus, exponent).Should().OnlyContain(fault => fault.Contains(NotRsaNumbers));

    [Fact]
    public void Diffie_Hellman_parameters_which_have_the_form_of_a_key()
    {
        byte[] primeAndGenerator = KeyForge.Pkcs1Public(Modulus, 5);

        Refused.AsPublic(KeyForge.Pem("DH PARAMETERS", primeAndGenerator)).Should().Contain(NotRsaNumbers);
        Refused.AsPublic(Convert.ToBase64String(primeAndGenerator)).Should().Contain(NotRsaNumbers);
    }

    [Fact]
    public void But_as_many_as_they_do_are_fine() => ShouldBeTaken(KeyForge.Modulus(16384), KeyForge.UsualExponent);

    private static void ShouldBeTaken(BigInteger modulus, BigInteger exponent)
    {
        string pem = KeyForge.Pem("RSA PUBLIC KEY", KeyForge.Pkcs1Public(modulus, exponent));

        new PlainJwt(new ApiJwtOptions { PublicKeys = { pem } }).Keys.KeyIds.Should().ContainSingle();
    }

    private static IEnumerable<string> Refusals(BigInteger modulus, BigInteger exponent)
    {
        byte[] numbers = KeyForge.Pkcs1Public(modulus, exponent);
        yield return Refused.AsPublic(KeyForge.Pem("RSA PUBLIC KEY", numbers));
        yield return Refused.AsPublic(Convert.ToBase64String(KeyForge.Spki(KeyForge.RsaEncryption, numbers)));
    }
}
