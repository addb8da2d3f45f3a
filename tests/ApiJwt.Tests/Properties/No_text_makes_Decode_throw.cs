using CsCheck;

namespace Hudya.Tests.Properties;

public class No_text_makes_Decode_throw
{
    private readonly HudyaJwt _service = new(TestKeys.Verifying);

    [Fact]
    public void A_text_of_any_characters_is_refused_without_an_exception() => Property.Holds(Texts.Utf16, Refuses);

    [Fact]
    public void Three_parts_of_any_bytes_are_refused_without_an_exception() => Property.Holds(
        Gen.Byte.Array[0, 80].Array[3].Select(parts => string.Join('.', parts.Select(Forge.Encode))), Refuses);

    [Fact]
    public void A_token_with_a_few_changes_is_judged_without_an_exception() => Property.Holds(Mutations.OfText, token => Judge(token), count: 300);

    [Fact]
    public void Any_signed_header_and_payload_are_judged_without_an_exception() => Property.Holds(
        Gen.Select(Gen.OneOf<string>(StrangePayloads.Json, Texts.Utf16, Gen.OneOf(Forge.Rs256Header)), Gen.OneOf<string>(StrangePayloads.Json, Texts.Utf16)),
        drawn => Judge(Forge.Sign(drawn.Item1, drawn.Item2)),
        count: 300);

    [Fact]
    public void A_signed_payload_of_any_bytes_is_refused_without_an_exception() => Property.Holds(
        Gen.Byte.Array[0, 200], payload => Judge(Forge.SignBytes("""{"alg":"RS256"}"""u8.ToArray(), payload)).IsValid.Should().BeFalse());

    private void Refuses(string token) => Judge(token).IsValid.Should().BeFalse();

    private DecodeResult Judge(string token)
    {
        DecodeResult result = _service.Decode(token);
        (result.Payload is not null).Should().Be(result.IsValid);
        (result.Failure == TokenFailure.None).Should().Be(result.IsValid);
        string.IsNullOrEmpty(result.Reason).Should().Be(result.IsValid);
        return result;
    }
}
