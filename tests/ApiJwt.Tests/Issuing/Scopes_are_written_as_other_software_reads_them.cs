using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class Scopes_are_written_as_other_software_reads_them
{
    [Theory]
    [InlineData(null, "read,write", null)]
    [InlineData(ScopeFormat.Comma, "read,write", null)]
    [InlineData(ScopeFormat.Space, null, "read write")]
    [InlineData(ScopeFormat.Both, "read,write", "read write")]
    public void In_the_claim_that_the_policy_names(ScopeFormat? format, string? scopes, string? scope)
    {
        PlainJwt jwt = Service(format);

        string token = jwt.Encode(new TokenRequest { Subject = "ann", Scopes = ["read", "write"] });

        (Wire.TextOf(token, "scopes"), Wire.TextOf(token, "scope")).Should().Be((scopes, scope));
        jwt.Decode(token).Payload!.Scopes.Should().BeEquivalentTo("read", "write");
    }

    [Theory]
    [InlineData(ScopeFormat.Space, null, "")]
    [InlineData(ScopeFormat.Both, "", "")]
    public void Also_where_there_are_none(ScopeFormat format, string? scopes, string? scope)
    {
        string token = Service(format).Encode(new TokenRequest { Subject = "ann" });

        (Wire.TextOf(token, "scopes"), Wire.TextOf(token, "scope")).Should().Be((scopes, scope));
    }

    [Fact]
    public void But_in_neither_where_the_policy_leaves_them_out()
    {
        string token = Service(ScopeFormat.Both, policy => policy.SetDefault("scopes", null)).Encode(new TokenRequest { Subject = "ann" });

        Wire.ClaimsOf(token).Select(claim => claim.Key).Should().NotContain(["scope", "scopes"]);
    }

    /// <summary>A reader of <c>scope</c> would take it for two.</summary>
    [Theory]
    [InlineData(ScopeFormat.Comma, true)]
    [InlineData(ScopeFormat.Space, false)]
    [InlineData(ScopeFormat.Both, false)]
    public void And_a_scope_with_a_blank_is_not_issued_there(ScopeFormat format, bool isIssued)
    {
        PlainJwt jwt = Service(format, policy => policy.AllowScopes("read all"));
        var request = new TokenRequest { Subject = "ann", Scopes = ["read", "read all"] };

        if (isIssued)
            jwt.Decode(jwt.Encode(request)).Payload!.Scopes.Should().BeEquivalentTo("read", "read all");
        else
            Refusal.Of(jwt, request).Should().Match<PolicyViolationException>(violation => violation.Claim == "scopes" && violation.Message.Contains("ScopeFormat.Comma", StringComparison.Ordinal));
    }

    [Fact]
    public void And_there_are_three_forms() =>
        Refusal.Of(policy => policy.WriteScopesAs((ScopeFormat)3)).Should().Be("The format of scopes is not one of the ScopeFormat members. Use a member.");

    private static PlainJwt Service(ScopeFormat? format, Action<PayloadPolicy>? more = null) => new(TestKeys.Issuing, policy =>
    {
        policy.AllowScopes("read", "write");
        if (format is { } chosen)
            policy.WriteScopesAs(chosen);
        more?.Invoke(policy);
    });
}
