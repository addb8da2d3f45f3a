using CsCheck;

namespace Hudya.Tests.Properties;

public class A_token_changed_by_one_character_is_refused
{
    private static readonly HudyaJwt Issuing = new(TestKeys.Issuing);
    private static readonly string Token = Forge.Claims(Forge.GoodPayload);

    private static readonly Gen<char> Character = Gen.Frequency(
        (4, Gen.Char["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"]),
        (2, Gen.Char[".=+/ \t\r\n\0,\u200B\uFEFF"]),
        (1, Gen.Char['\0', '\uFFFF']));

    private static readonly Gen<(string, int At, char)> Changes =
        Gen.Select(Texts.Unicode(1, 10).Select(subject => Issuing.Encode(new TokenRequest { Subject = subject })), Gen.Int.NonNegative, Character)
            .Select((token, at, character) => (token, at % token.Length, character));

    // Each test has its own service, so that tests do not share a cache.
    private readonly HudyaJwt _service = new(TestKeys.Verifying);

    [Fact]
    public void A_token_with_one_character_replaced_is_refused() => Refuses((token, at, character) => token[..at] + character + token[(at + 1)..]);

    [Fact]
    public void A_token_with_one_character_inserted_is_refused() => Refuses((token, at, character) => token.Insert(at, character.ToString()));

    [Fact]
    public void A_token_with_one_character_appended_is_refused() => Refuses((token, _, character) => token + character);

    [Fact]
    public void A_token_with_one_character_left_out_is_refused() => Refuses((token, at, _) => token.Remove(at, 1));

    [Fact]
    public void A_token_with_two_neighbouring_characters_swapped_is_refused() => Refuses((token, at, _) => at + 1 == token.Length ? token : $"{token[..at]}{token[at + 1]}{token[at]}{token[(at + 2)..]}");

    [Fact]
    public void A_token_changed_at_any_position_is_refused()
    {
        _service.Decode(Token).IsValid.Should().BeTrue();
        for (int at = 0; at < Token.Length; at++)
        {
            foreach (char other in "AQgw_.")
            {
                string changed = Token[..at] + other + Token[(at + 1)..];
                if (changed != Token)
                    _service.Decode(changed).IsBad.Should().BeTrue("the character at {0} is now '{1}'", at, other);
            }
        }
    }

    private void Refuses(Func<string, int, char, string> change) => Property.Holds(Changes, drawn =>
    {
        (string token, int at, char character) = drawn;
        string changed = change(token, at, character);
        if (changed != token)
            _service.Decode(changed).IsBad.Should().BeTrue();
        _service.Decode(token).IsValid.Should().BeTrue();
    });
}
