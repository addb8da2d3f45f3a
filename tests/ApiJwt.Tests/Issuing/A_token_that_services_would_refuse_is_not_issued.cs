using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class A_token_that_services_would_refuse_is_not_issued
{
    [Fact]
    public void For_its_length()
    {
        ApiJwtOptions options = TestKeys.Issuing;
        options.MaxTokenLength = 1000;

        PolicyViolationException violation = Refusal.Of(new PlainJwt(options), new TokenRequest { Subject = new string('a', 1000) });

        violation.Claim.Should().Be("sub", "it takes the most room");
        violation.Message.Should().Contain("1000").And.Contain("ApiJwtOptions.MaxTokenLength");
    }

    [Fact]
    public void One_of_the_longest_length_is_issued_and_read()
    {
        ApiJwtOptions options = TestKeys.Issuing;
        options.MaxTokenLength = new PlainJwt(options).Encode(new TokenRequest { Subject = new string('a', 600) }).Length;
        var jwt = new PlainJwt(options);

        jwt.Decode(jwt.Encode(new TokenRequest { Subject = new string('a', 600) })).IsValid.Should().BeTrue();
        Refusal.Of(jwt, new TokenRequest { Subject = new string('a', 603) });
    }
}
