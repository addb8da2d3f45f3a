using CsCheck;
using Hudya.Tests.Support;

namespace Hudya.Tests.Properties;

public class No_text_makes_Decode_throw
{
    private static readonly string Good = Forge.Claims(Forge.GoodPayload);

    private static readonly Gen<Func<string, string>> Edit =
        from at in Gen.Double[0, 0.999]
        from length in Gen.Int[0, 40]
        from text in Gen.OneOf<string>(Texts.Utf16, Gen.OneOf(".", "..", "=", "e30", "eyJhbGciOiJub25lIn0", "AAAA", "\uD800"))
        from kind in Gen.Int[0, 4]
        select new Func<string, string>(token =>
        {
            int start = (int)(at * token.Length);
            int end = Math.Min(token.Length, start + length);
            return kind switch
            {
                0 => token[..start] + text + token[end..],
                1 => token[..start] + token[end..],
                2 => token[..end] + token[start..],
                3 => token[start..] + token[..start],
                _ => string.Join('.', token.Split('.').Reverse()),
            };
        });

    private readonly HudyaJwt _service = new(TestKeys.Verifying);

    [Fact]
    public void A_text_of_any_characters_is_refused_without_an_exception() => Property.Holds(Texts.Utf16, Refuses);

    [Fact]
    public void Three_parts_of_any_bytes_are_refused_without_an_exception() => Property.Holds(
        Gen.Byte.Array[0, 80].Array[3].Select(parts => string.Join('.', parts.Select(Forge.Encode))), Refuses);

    [Fact]
    public void An_edited_good_token_is_refused_without_an_exception() => Property.Holds(
        Edit.Array[1, 4].Select(edits => edits.Aggregate(Good, (token, edit) => edit(token))), Refuses, count: 300);

    [Fact]
    public void Any_signed_header_and_payload_are_judged_without_an_exception() => Property.Holds(
        Gen.Select(Gen.OneOf<string>(StrangePayloads.Json, Texts.Utf16, Gen.OneOf(Forge.Rs256Header)), Gen.OneOf<string>(StrangePayloads.Json, Texts.Utf16)),
        drawn => Judge(Forge.Sign(drawn.Item1, drawn.Item2)),
        count: 300);

    [Fact]
    public void A_signed_payload_of_any_bytes_is_refused_without_an_exception() => Property.Holds(
        Gen.Byte.Array[0, 200], payload => Judge(Forge.SignBytes("""{"alg":"RS256"}"""u8.ToArray(), payload)).IsValid.Should().BeFalse());

    private void Refuses(string token)
    {
        if (token != Good)
            Judge(token).IsValid.Should().BeFalse();
    }

    private DecodeResult Judge(string token)
    {
        DecodeResult result = _service.Decode(token);
        (result.Payload is not null).Should().Be(result.IsValid);
        (result.Failure == TokenFailure.None).Should().Be(result.IsValid);
        string.IsNullOrEmpty(result.Reason).Should().Be(result.IsValid);
        return result;
    }
}
