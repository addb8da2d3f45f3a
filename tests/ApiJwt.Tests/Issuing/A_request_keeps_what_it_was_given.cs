using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class A_request_keeps_what_it_was_given
{
    [Fact]
    public void When_the_callers_collections_change_afterwards()
    {
        List<string> scopes = ["user:all"];
        Dictionary<string, ClaimValue> extras = new() { ["team"] = "red" };
        var request = new TokenRequest { Subject = "ann", Scopes = scopes, Extras = extras };
        scopes.Add("admin:all");
        extras["team"] = "blue";

        string token = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.Text("team"))).Encode(request);

        Wire.TextOf(token, "scopes").Should().Be("user:all");
        Wire.TextOf(token, "team").Should().Be("red");
    }

    [Fact]
    public void And_gives_out_nothing_that_can_be_changed()
    {
        var request = new TokenRequest { Subject = "ann", Scopes = ["user:all"], Extras = new Dictionary<string, ClaimValue> { ["team"] = "red" } };

        request.Scopes.Should().BeAssignableTo<ICollection<string>>().Which.IsReadOnly.Should().BeTrue();
        request.Extras.Should().BeAssignableTo<IDictionary<string, ClaimValue>>().Which.IsReadOnly.Should().BeTrue();
    }

    [Fact]
    public void And_takes_null_for_no_extras() =>
        new PlainJwt(TestKeys.Issuing).Encode(new TokenRequest { Subject = "ann", Extras = null }).Should().NotBeEmpty();
}
