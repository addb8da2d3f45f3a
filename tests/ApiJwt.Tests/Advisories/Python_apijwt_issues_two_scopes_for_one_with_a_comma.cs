namespace Hudya.Tests.Advisories;

/// <summary>apijwt 1.3.2: a scope with a comma in it arrives as two.</summary>
public class Python_apijwt_issues_two_scopes_for_one_with_a_comma
{
    [Fact]
    public void This_library_refuses_a_scope_with_a_comma()
    {
        var service = new PlainJwt(TestKeys.Issuing);

        service.Invoking(s => s.Encode(new TokenRequest { Subject = "ann", Scopes = ["user:all,admin:all"] })).Should().Throw<PolicyViolationException>();
    }
}
