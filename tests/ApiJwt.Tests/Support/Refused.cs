using System.Buffers;

namespace Hudya.Tests.Support;

/// <summary>Gives a service a key text that it must refuse, and returns the fault that it reports.</summary>
/// <remarks>Every fault begins with the name of the setting and repeats nothing of the text.</remarks>
public static class Refused
{
    // Long enough that no part of an English sentence occurs in a key by chance.
    private const int TellingLength = 8;

    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    public static string AsPublic(string text) => AllAsPublic(text).Should().ContainSingle().Which;

    public static string AsPrivate(string text) => AllAsPrivate(text).Should().ContainSingle().Which;

    public static IReadOnlyList<string> AllAsPublic(string text) =>
        By(new ApiJwtOptions { PublicKeys = { text } }, "ApiJwtOptions.PublicKeys[0]: ", text);

    public static IReadOnlyList<string> AllAsPrivate(string text) =>
        By(new ApiJwtOptions { PrivateKey = text }, "ApiJwtOptions.PrivateKey: ", text);

    public static KeyFormatException By(ApiJwtOptions options) =>
        FluentActions.Invoking(() => new PlainJwt(options)).Should().ThrowExactly<KeyFormatException>().Which;

    public static void Repeats_nothing_of(string text, Exception exception)
    {
        var said = new HashSet<string>(Windows(exception.ToString()), StringComparer.Ordinal);
        Windows(text).Should().NotContain(window => said.Contains(window));
    }

    private static IReadOnlyList<string> By(ApiJwtOptions options, string setting, string text)
    {
        KeyFormatException exception = By(options);
        Repeats_nothing_of(text, exception);
        exception.Faults.Should().OnlyContain(fault => fault.StartsWith(setting, StringComparison.Ordinal));
        exception.Message.Should().ContainAll(exception.Faults);
        return exception.Faults;
    }

    private static IEnumerable<string> Windows(string text)
    {
        for (int start = 0; start <= text.Length - TellingLength; start++)
        {
            if (!text.AsSpan(start, TellingLength).ContainsAnyExcept(KeyCharacters))
                yield return text.Substring(start, TellingLength);
        }
    }
}
