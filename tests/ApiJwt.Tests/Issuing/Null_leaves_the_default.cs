using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class Null_leaves_the_default
{
    [Fact]
    public void For_everything_but_the_subject()
    {
        string token = new PlainJwt(Clock.Issuing(Clock.Standing())).Encode(new TokenRequest
        {
            Subject = "ann",
            Key = null,
            Level = null,
            Factor = null,
            Target = null,
            Scopes = null,
            DoNotTrack = null,
            TimeToLive = null,
        });

        Wire.ShouldCarry(token, """
            {"iss":"auth_user","sub":"ann","exp":1767326645,"level":"0.0","factor":"","target":"","dnt":"0","scopes":""}
            """);
    }
}
