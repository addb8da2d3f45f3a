using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class A_subject_is_required
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_non_empty_text(string? subject)
    {
        PolicyViolationException violation = Refusal.Of(new PlainJwt(TestKeys.Issuing), new TokenRequest { Subject = subject! });

        violation.Claim.Should().Be("sub");
        violation.Message.Should().Contain("TokenRequest.Subject");
    }

    [Fact]
    public void Of_whole_Unicode_characters()
    {
        foreach (string half in HalfCharacters.Texts)
            Refusal.Of(new PlainJwt(TestKeys.Issuing), new TokenRequest { Subject = half }).Claim.Should().Be("sub");
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("0")]
    [InlineData("a,b")]
    [InlineData("\0")]
    public void And_arrives_as_it_was_given(string subject)
    {
        var jwt = new PlainJwt(TestKeys.Issuing);

        jwt.Decode(jwt.Encode(new TokenRequest { Subject = subject })).Payload!.Subject.Should().Be(subject);
    }

    [Fact]
    public void And_so_is_the_request()
    {
        new PlainJwt(TestKeys.Issuing).Invoking(jwt => jwt.Encode(null!)).Should().Throw<ArgumentNullException>();
    }
}
