using CsCheck;
using Hudya.Tests.Support;

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

    // New in each test: a cache that outlives one could carry what it remembers into the next.
    private readonly HudyaJwt _service = new(TestKeys.Verifying);

    [Fact]
    public void Replaced() => Refuses((token, at, character) => token[..at] + character + token[(at + 1)..]);

    [Fact]
    public void Inserted() => Refuses((token, at, character) => token.Insert(at, character.ToString()));

    [Fact]
    public void Appended() => Refuses((token, _, character) => token + character);

    [Fact]
    public void Left_out() => Refuses((token, at, _) => token.Remove(at, 1));

    [Fact]
    public void Swapped_with_the_next() => Refuses((token, at, _) => at + 1 == token.Length ? token : $"{token[..at]}{token[at + 1]}{token[at]}{token[(at + 2)..]}");

    [Fact]
    public void At_every_place()
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

    private void Refuses(Func<string, int, char, string> change)
    {
        Property.Holds(Changes, drawn =>
        {
            (string token, int at, char character) = drawn;
            string changed = change(token, at, character);
            if (changed != token)
                _service.Decode(changed).IsBad.Should().BeTrue();
            _service.Decode(token).IsValid.Should().BeTrue();
        });
    }
}
