using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Verifying;

public class A_payload_exists_only_when_the_token_is_valid
{
    private static readonly PlainJwt Service = new(Clock.Issuing(Clock.Standing()));

    [Fact]
    public void A_valid_token_has_one_and_no_reason()
    {
        DecodeResult result = Service.Decode(Service.Encode(new TokenRequest { Subject = "ann" }));

        (result.IsValid, result.IsExpired, result.IsBad, result.Failure, result.Reason).Should().Be((true, false, false, TokenFailure.None, null));
        result.Payload.Should().NotBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void No_token_is_missing(string? token)
    {
        ShouldBeBad(Service.Decode(token), TokenFailure.Missing);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    [InlineData("😀.😀.😀")]
    public void Nonsense_is_malformed(string token)
    {
        ShouldBeBad(Service.Decode(token), TokenFailure.Malformed);
    }

    [Fact]
    public void Half_a_character_is_malformed()
    {
        foreach (string half in HalfCharacters.Texts)
            ShouldBeBad(Service.Decode(half), TokenFailure.Malformed);
    }

    [Fact]
    public void A_token_with_a_word_before_it_is_malformed_and_the_reason_says_why()
    {
        DecodeResult result = Service.Decode("Bearer " + Service.Encode(new TokenRequest { Subject = "ann" }));

        ShouldBeBad(result, TokenFailure.Malformed);
        result.Reason.Should().Contain("without 'Bearer '");
    }

    [Fact]
    public void A_token_of_a_foreign_key_has_none()
    {
        var foreign = new PlainJwt(new ApiJwtOptions { PrivateKey = TestKeys.Foreign.PrivateKeyPem });

        ShouldBeBad(Service.Decode(foreign.Encode(new TokenRequest { Subject = "ann" })), TokenFailure.InvalidSignature);
    }

    [Fact]
    public void A_token_without_a_subject_has_none()
    {
        ShouldBeBad(Service.Decode(Forge.Claims("""{"iss":"auth_user","exp":4102444800}""")), TokenFailure.Malformed);
    }

    [Fact]
    public void A_token_that_is_too_long_has_none()
    {
        ShouldBeBad(Service.Decode(new string('a', (16 * 1024) + 1)), TokenFailure.TooLong);
        ShouldBeBad(Service.Decode(new string('a', 16 * 1024)), TokenFailure.Malformed);
    }

    [Fact]
    public void A_token_that_is_not_valid_yet_has_none()
    {
        FakeTimeProvider clock = Clock.Standing();
        var jwt = new PlainJwt(Clock.Issuing(clock));
        string token = Forge.Claims($$"""{"sub":"ann","exp":4102444800,"nbf":{{Clock.Start + 1}}}""");

        ShouldBeBad(jwt.Decode(token), TokenFailure.NotYetValid);
        clock.Advance(TimeSpan.FromSeconds(1));
        jwt.Decode(token).IsValid.Should().BeTrue();
    }

    [Fact]
    public void An_expired_token_has_none_and_is_not_bad()
    {
        FakeTimeProvider clock = Clock.Standing();
        var jwt = new PlainJwt(Clock.Issuing(clock));
        string token = jwt.Encode(new TokenRequest { Subject = "ann" });

        clock.Advance(TimeSpan.FromSeconds(3599));
        jwt.Decode(token).IsValid.Should().BeTrue();
        clock.Advance(TimeSpan.FromSeconds(1));

        DecodeResult result = jwt.Decode(token);
        (result.IsValid, result.IsExpired, result.IsBad, result.Failure).Should().Be((false, true, false, TokenFailure.Expired));
        result.Payload.Should().BeNull();
        result.Reason.Should().NotBeNullOrEmpty();
    }

    [Fact]
    public void A_result_keeps_what_it_said()
    {
        FakeTimeProvider clock = Clock.Standing();
        var jwt = new PlainJwt(Clock.Issuing(clock));
        DecodeResult valid = jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann" }));

        clock.Advance(TimeSpan.FromHours(2));
        jwt.Decode("nonsense");

        valid.IsValid.Should().BeTrue();
        valid.Payload!.Subject.Should().Be("ann");
    }

    private static void ShouldBeBad(DecodeResult result, TokenFailure failure)
    {
        (result.IsValid, result.IsExpired, result.IsBad, result.Failure).Should().Be((false, false, true, failure));
        result.Payload.Should().BeNull();
        result.Reason.Should().NotBeNullOrEmpty();
    }
}
