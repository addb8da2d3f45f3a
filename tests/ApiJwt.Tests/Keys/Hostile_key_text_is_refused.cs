using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class Hostile_key_text_is_refused
{
    // The longest text that is looked at.
    private const int Longest = 256 * 1024;

    [Fact]
    public void Wrapped_too_often()
    {
        string text = TestKeys.Ours.PublicKeyPem;
        for (int i = 0; i < 4; i++)
            text = KeyForge.Base64(text);

        Refused.AsPublic(text).Should().Contain("the text is wrapped too often. Give a PEM text, or base64 of one.");
    }

    [Fact]
    public void JSON_arrays_in_JSON_arrays_in_strings()
    {
        string text = TestKeys.Ours.PublicKeyPem;
        for (int i = 0; i < 4; i++)
            text = KeyWrappings.Json(text);

        Refused.AsPublic(text).Should().Contain("the text is wrapped too often");
    }

    [Fact]
    public void A_text_longer_than_any_list_of_keys() =>
        Refused.AsPublic(new string(' ', Longest + 1)).Should().Contain("the text has more than 262144 characters. Give the keys alone.");

    [Theory]
    [InlineData(100)]
    [InlineData(Longest / 2)]
    public void JSON_arrays_in_JSON_arrays(int depth)
    {
        string text = new string('[', depth) + new string(']', depth);

        Refused.AsPublic(text).Should().Contain("is not a JSON array of strings");
        Refused.AsPublic(new string('[', depth)).Should().Contain("is not a JSON array of strings");
    }

    public static TheoryData<string> Garbage => ["random text", "random base64", "random base64 in a PEM block", "random bytes after a SEQUENCE tag", "zeros", "an odd number of quotes", "quotes in quotes", "BEGIN lines", "empty PEM blocks", "blanks"];

    [Theory]
    [MemberData(nameof(Garbage))]
    public void A_great_deal_of_garbage(string kind)
    {
        byte[] random = RandomNumberGenerator.GetBytes((Longest * 3 / 4) - 300);
        random[0] = 0xFF;
        string text = kind switch
        {
            "random text" => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz .,;-{}[]", Longest - 1).Insert(0, "z"),
            "random base64" => Convert.ToBase64String(random),
            "random base64 in a PEM block" => KeyForge.Pem("PUBLIC KEY", random),
            "random bytes after a SEQUENCE tag" => Convert.ToBase64String([0x30, .. random]),
            "zeros" => Convert.ToBase64String(new byte[random.Length]),
            "an odd number of quotes" => new string('"', Longest - 1) + "'",
            "quotes in quotes" => new string('"', Longest),
            "BEGIN lines" => string.Concat(Enumerable.Repeat("-----BEGIN PUBLIC KEY-----\n", Longest / 27)),
            "empty PEM blocks" => string.Concat(Enumerable.Repeat("-----BEGIN A-----\n-----END A-----\n", Longest / 34)),
            _ => new string(' ', Longest - 1),
        };

        Refused.AllAsPublic(text).Should().NotBeEmpty();
        Refused.AllAsPrivate(text).Should().NotBeEmpty();
    }

    [Fact]
    public void DER_nested_without_end()
    {
        byte[] endless = [.. Enumerable.Repeat<byte[]>([0x30, 0x80], 5000).SelectMany(bytes => bytes)];

        Refused.AsPublic(Convert.ToBase64String(endless)).Should().Contain("the key is damaged");
    }

    [Fact]
    public void DER_that_says_it_is_longer_than_it_is()
    {
        Refused.AsPublic(Convert.ToBase64String([0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF, 0x02, 0x01, 0x00])).Should().Contain("the key is damaged");
        Refused.AsPublic(Convert.ToBase64String([0x30, 0x88, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])).Should().Contain("the key is damaged");
    }
}
