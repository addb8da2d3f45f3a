using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class A_damaged_key_is_refused
{
    private const string Damaged = "the key is damaged, or has bytes after its end. Export it once more.";

    private static readonly string PublicPem = TestKeys.Ours.PublicKeyPem;

    private static readonly string PrivatePem = TestKeys.Ours.PrivateKeyPem;

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void With_bytes_after_its_end(int count)
    {
        byte[] more = RandomNumberGenerator.GetBytes(count);
        foreach (byte[] der in new[] { KeyForge.DerOf(PublicPem), Pkcs1Public(), Certificate() })
        {
            Refused.AsPublic(Convert.ToBase64String([.. der, .. more])).Should().Contain(Damaged);
            Refused.AsPublic(KeyForge.Pem("PUBLIC KEY", [.. der, .. more])).Should().Contain(Damaged);
        }

        foreach (byte[] der in new[] { KeyForge.DerOf(PrivatePem), Pkcs1Private() })
        {
            Refused.AsPrivate(Convert.ToBase64String([.. der, .. more])).Should().Contain(Damaged);
            Refused.AsPrivate(KeyForge.Pem("PRIVATE KEY", [.. der, .. more])).Should().Contain(Damaged);
        }
    }

    [Fact]
    public void With_bytes_after_the_numbers_inside()
    {
        byte[] padded = KeyForge.Spki(KeyForge.RsaEncryption, [.. Pkcs1Public(), 0]);

        Refused.AsPublic(Convert.ToBase64String(padded)).Should().Contain(Damaged);
    }

    [Fact]
    public void With_more_in_it_than_belongs_there()
    {
        using RSA rsa = TestKeys.RsaOf(PublicPem);
        RSAParameters key = rsa.ExportParameters(includePrivateParameters: false);
        byte[] threeNumbers = KeyForge.Integers(KeyForge.Number(key.Modulus), KeyForge.Number(key.Exponent), 1);

        Refused.AsPublic(Convert.ToBase64String(threeNumbers)).Should().Contain(Damaged);
        Refused.AsPublic(Convert.ToBase64String(KeyForge.Spki(KeyForge.RsaEncryption, threeNumbers))).Should().Contain(Damaged);
        Refused.AsPublic(Convert.ToBase64String(KeyForge.Spki(KeyForge.RsaEncryption, Pkcs1Public(), writer => writer.WriteNull()))).Should().Contain(Damaged);
    }

    [Fact]
    public void With_bits_that_belong_to_no_byte()
    {
        byte[] numbers = [.. Pkcs1Public(), 0];

        Refused.AsPublic(Convert.ToBase64String(KeyForge.Spki(KeyForge.RsaEncryption, numbers, unusedBits: 1))).Should().Contain(Damaged);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void Cut_off(double share)
    {
        Refused.AsPublic(Convert.ToBase64String(Head(KeyForge.DerOf(PublicPem), share))).Should().Contain(Damaged);
        Refused.AsPublic(Convert.ToBase64String(Head(Certificate(), share))).Should().Contain(Damaged);
        Refused.AsPrivate(Convert.ToBase64String(Head(KeyForge.DerOf(PrivatePem), share))).Should().Contain(Damaged);
        Refused.AsPrivate(Convert.ToBase64String(Head(Pkcs1Private(), share))).Should().Contain(Damaged);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(200)]
    [InlineData(-5)]
    [InlineData(-28)]
    public void Or_a_PEM_text_cut_off(int length)
    {
        string cut = length > 0 ? PublicPem[..length] : PublicPem[..^-length];

        Refused.AsPublic(cut).Should().Contain("the PEM text is damaged: a block is cut off");
        Refused.AsPublic(cut.ReplaceLineEndings("\\n")).Should().Contain("the PEM text is damaged");
        Refused.AsPublic(KeyForge.Base64(cut)).Should().Contain("the PEM text is damaged");
    }

    [Fact]
    public void Or_a_PEM_text_whose_lines_are_not_base64()
    {
        string[] lines = PublicPem.Split('\n');
        lines[2] = lines[2][..10] + "*" + lines[2][11..];

        Refused.AsPublic(string.Join('\n', lines)).Should().Contain("the PEM text is damaged").And.Contain("not base64");
    }

    [Fact]
    public void Or_a_PEM_text_whose_labels_differ()
    {
        Refused.AsPublic(PublicPem.Replace("END PUBLIC", "END RSA PUBLIC", StringComparison.Ordinal)).Should().Contain("the PEM text is damaged");
    }

    [Fact]
    public void Or_a_PEM_block_with_nothing_in_it()
    {
        Refused.AsPublic("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----").Should().Contain(Damaged);
    }

    [Fact]
    public void Or_a_whole_key_after_half_of_one()
    {
        Refused.AllAsPublic(PublicPem[..200] + "\n" + TestKeys.Second.PublicKeyPem).Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("not a key at all!")]
    [InlineData("/run/secrets/jwt.pem")]
    [InlineData("<JWT_KEY_PUBLIC>")]
    [InlineData("${JWT_KEY_PUBLIC}")]
    public void Or_text_that_is_neither_PEM_nor_base64(string text)
    {
        Refused.AsPublic(text).Should().Contain("the text is neither PEM nor base64. Give the key's text, not a file name: PEM, or base64 of PEM or DER.");
        Refused.AsPrivate(text).Should().Contain("the text is neither PEM nor base64");
    }

    [Fact]
    public void Or_base64_of_rubbish()
    {
        byte[] rubbish = RandomNumberGenerator.GetBytes(300);
        rubbish[0] = 0xFF;
        byte[] almost = [0x30, 0x82, 0x01, 0x22, .. rubbish];

        Refused.AsPublic(Convert.ToBase64String(rubbish)).Should().Contain("the text is neither PEM nor base64");
        Refused.AsPublic(Convert.ToBase64String(almost)).Should().Contain(Damaged);
        Refused.AsPrivate(KeyForge.Pem("PRIVATE KEY", rubbish)).Should().Contain(Damaged);
    }

    [Fact]
    public void Or_base64_with_its_padding_gone_or_in_the_URL_alphabet()
    {
        byte[] der = KeyForge.DerOf(PublicPem);
        string whole = Convert.ToBase64String([.. der, .. new byte[(4 - (der.Length % 3)) % 3]]);

        Refused.AsPublic(whole.TrimEnd('=') + "A").Should().Contain("the text is neither PEM nor base64");
        Refused.AsPublic("-_" + whole).Should().Contain("the text is neither PEM nor base64");
    }

    [Fact]
    public void Or_one_structure_that_is_no_key()
    {
        byte[] empty = [0x30, 0x00];
        Refused.AsPublic(Convert.ToBase64String(empty)).Should().Contain(Damaged);
        Refused.AsPublic(Convert.ToBase64String([0x30, 0x07, 0x30, 0x03, 0x06, 0x01, 0x2A, 0x05, 0x00])).Should().Contain("this is not a key, as far as can be told");
        Refused.AsPublic(Convert.ToBase64String([0x30, 0x05, 0x02, 0x01, 0x00, 0x05, 0x00])).Should().Contain("this is not a key, as far as can be told");
    }

    private static byte[] Head(byte[] der, double share) => der[..(int)(der.Length * share)];

    private static byte[] Pkcs1Public()
    {
        using RSA key = TestKeys.RsaOf(PublicPem);
        return key.ExportRSAPublicKey();
    }

    private static byte[] Pkcs1Private()
    {
        using RSA key = TestKeys.RsaOf(PrivatePem);
        return key.ExportRSAPrivateKey();
    }

    private static byte[] Certificate()
    {
        using RSA key = TestKeys.RsaOf(PrivatePem);
        return KeyForge.Certificate(key);
    }
}
