using Hudya.Tests.Support;

namespace Hudya.Tests.Logging;

public class A_name_that_nobody_declared_is_not_logged
{
    [Fact]
    public void Because_it_may_be_what_a_stranger_sent()
    {
        var logger = new RecordingLogger();
        var jwt = new PlainJwt(TestKeys.Issuing, logger: logger);
        var request = new TokenRequest { Subject = "ann", Extras = new Dictionary<string, ClaimValue> { ["x\ninfo: forged line"] = "1" } };

        jwt.Invoking(issuer => issuer.Encode(request)).Should().Throw<PolicyViolationException>();

        logger.Entries.Should().ContainSingle().Which.Text.Should().Contain("(undeclared)").And.NotContain("forged");
    }

    [Theory]
    [InlineData("team")]
    [InlineData("scopes")]
    public void But_one_that_was_is(string claim)
    {
        var logger = new RecordingLogger();
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.Text("team", allowed: ["red"])), logger);
        TokenRequest request = claim == "team"
            ? new() { Subject = "ann", Extras = new Dictionary<string, ClaimValue> { ["team"] = "green" } }
            : new() { Subject = "ann", Scopes = ["admin:all"] };

        jwt.Invoking(issuer => issuer.Encode(request)).Should().Throw<PolicyViolationException>();

        logger.Entries.Should().ContainSingle().Which.Text.Should().Contain($"'{claim}'");
    }
}
