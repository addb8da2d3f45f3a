using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class The_last_character_of_a_part_carries_no_spare_bits
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private readonly PlainJwt _jwt = new(TestKeys.Verifying);

    /// <summary>256 bytes end in a character with four bits of no byte, so that one in sixteen characters can stand there.</summary>
    [Fact]
    public void At_the_end_of_a_signature() => Check(Forge.Claims(Forge.GoodPayload), part: 2, length: 2, step: 16);

    /// <summary>Two bytes more than a multiple of three leave two bits.</summary>
    [Fact]
    public void At_the_end_of_a_payload()
    {
        string token = Enumerable.Range(0, 3).Select(count => Forge.Claims($$"""{"sub":"a{{new string('n', count)}}","exp":4102444800}"""))
            .First(token => token.Split('.')[1].Length % 4 == 3);

        Check(token, part: 1, length: 3, step: 4);
    }

    private void Check(string token, int part, int length, int step)
    {
        string[] parts = token.Split('.');
        (parts[part].Length % 4).Should().Be(length);
        for (int value = 0; value < Alphabet.Length; value++)
        {
            string[] changed = [.. parts];
            changed[part] = parts[part][..^1] + Alphabet[value];

            (_jwt.Decode(string.Join('.', changed)).Failure == TokenFailure.Malformed).Should().Be(value % step != 0, "{0} stands for {1}", Alphabet[value], value);
        }
    }
}
