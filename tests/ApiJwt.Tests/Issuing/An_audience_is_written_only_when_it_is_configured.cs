using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class An_audience_is_written_only_when_it_is_configured
{
    [Fact]
    public void As_a_JSON_string()
    {
        ApiJwtOptions options = Clock.Issuing(Clock.Standing());
        options.Audience = "aud";

        Wire.ShouldCarry(new PlainJwt(options).Encode(new TokenRequest { Subject = "ann" }), """
            {"iss":"auth_user","sub":"ann","exp":1767326645,"level":"0.0","factor":"","target":"","dnt":"0","scopes":"","aud":"aud"}
            """);
    }
}
