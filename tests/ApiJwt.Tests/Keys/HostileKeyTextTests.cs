using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

/// <summary>Long and deeply wrapped key texts.</summary>
public class HostileKeyTextTests
{
    // The longest text that is read.
    private const int Longest = 256 * 1024;

    private static readonly Dictionary<string, Func<string>> Garbage = new()
    {
        ["random text"] = () => "z" + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz .,;-{}[]", Longest - 1),
        ["random base64"] = () => Convert.ToBase64String(Noise()),
        ["random base64 in a PEM block"] = () => KeyForge.Pem("PUBLIC KEY", Noise()),
        ["random bytes after a SEQUENCE tag"] = () => Convert.ToBase64String([0x30, .. Noise()]),
        ["zeros"] = () => Convert.ToBase64String(new byte[Noise().Length]),
        ["an odd number of quotes"] = () => new string('"', Longest - 1) + "'",
        ["quotes in quotes"] = () => new string('"', Longest),
        ["BEGIN lines"] = () => string.Concat(Enumerable.Repeat("-----BEGIN PUBLIC KEY-----\n", Longest / 27)),
        ["empty PEM blocks"] = () => string.Concat(Enumerable.Repeat("-----BEGIN A-----\n-----END A-----\n", Longest / 34)),
        ["blanks"] = () => new string(' ', Longest - 1),
    };

    public static TheoryData<string> Kinds => [.. Garbage.Keys];

    [Theory]
    [InlineData("base64"), InlineData("JSON arrays")]
    public void A_text_that_is_wrapped_too_often_is_refused(string wrapping)
    {
        string text = TestKeys.Ours.PublicKeyPem;
        for (int i = 0; i < 4; i++)
            text = wrapping == "base64" ? KeyForge.Base64(text) : KeyWrappings.Json(text);

        Refused.AsPublic(text).Should().Contain("the text is encoded too many times. Give PEM, or base64 of PEM.");
    }

    [Fact]
    public void A_text_longer_than_any_list_of_keys_is_refused() =>
        Refused.AsPublic(new string(' ', Longest + 1)).Should().Contain("the text has more than 262144 characters. Give only the keys.");

    [Theory]
    [InlineData(100), InlineData(Longest / 2)]
    public void JSON_arrays_in_JSON_arrays_are_refused(int depth)
    {
        Refused.AsPublic(new string('[', depth) + new string(']', depth)).Should().Contain("is not a JSON array of strings");
        Refused.AsPublic(new string('[', depth)).Should().Contain("is not a JSON array of strings");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_quarter_of_a_megabyte_of_garbage_is_refused(string kind)
    {
        string text = Garbage[kind]();

        Refused.AllAsPublic(text).Should().NotBeEmpty();
        Refused.AllAsPrivate(text).Should().NotBeEmpty();
    }

    private static byte[] Noise() => [0xFF, .. RandomNumberGenerator.GetBytes((Longest * 3 / 4) - 301)];
}
