using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class ScopeFormatTests
{
    private const string Refused = "refused";

    private static readonly VerifiedPayload Payload = Reading.Of("\"scopes\":\"read,Write,caf\u00e9, blank\"");

    [Theory]
    [InlineData(null, "read,write", null), InlineData(ScopeFormat.Comma, "read,write", null)]
    [InlineData(ScopeFormat.Space, null, "read write"), InlineData(ScopeFormat.Both, "read,write", "read write")]
    public void Scopes_are_written_in_the_claim_that_the_policy_names(ScopeFormat? format, string? scopes, string? scope)
    {
        PlainJwt jwt = Service(format);
        string token = jwt.Encode(new TokenRequest { Subject = "ann", Scopes = ["read", "write"] });
        (Wire.TextOf(token, "scopes"), Wire.TextOf(token, "scope")).Should().Be((scopes, scope));
        jwt.Decode(token).Payload!.Scopes.Should().BeEquivalentTo("read", "write");
    }

    [Theory]
    [InlineData(ScopeFormat.Space, null, ""), InlineData(ScopeFormat.Both, "", "")]
    public void No_scopes_are_written_as_an_empty_claim(ScopeFormat format, string? scopes, string? scope)
    {
        string token = Service(format).Encode(new TokenRequest { Subject = "ann" });
        (Wire.TextOf(token, "scopes"), Wire.TextOf(token, "scope")).Should().Be((scopes, scope));
    }

    [Fact]
    public void Scopes_that_the_policy_leaves_out_are_in_neither_claim()
    {
        string token = Service(ScopeFormat.Both, policy => policy.SetDefault("scopes", null)).Encode(new TokenRequest { Subject = "ann" });
        Wire.ClaimsOf(token).Select(claim => claim.Key).Should().NotContain(["scope", "scopes"]);
    }

    /// <summary>A service that reads <c>scope</c> would read two scopes.</summary>
    [Theory]
    [InlineData(ScopeFormat.Comma, true), InlineData(ScopeFormat.Space, false), InlineData(ScopeFormat.Both, false)]
    public void A_scope_with_a_blank_is_not_issued_where_blanks_separate_scopes(ScopeFormat format, bool isIssued)
    {
        PlainJwt jwt = Service(format, policy => policy.AllowScopes("read all"));
        var request = new TokenRequest { Subject = "ann", Scopes = ["read", "read all"] };
        if (isIssued)
            jwt.Decode(jwt.Encode(request)).Payload!.Scopes.Should().BeEquivalentTo("read", "read all");
        else
            Refusal.Of(jwt, request).Should().Match<PolicyViolationException>(it => it.Claim == "scopes" && it.Message.Contains("ScopeFormat.Comma", StringComparison.Ordinal));
    }

    [Fact]
    public void There_are_three_formats_of_scopes() =>
        Refusal.Of(policy => policy.WriteScopesAs((ScopeFormat)3)).Should().Be("The format of scopes is not one of the ScopeFormat members. Use a member.");

    [Theory]
    [InlineData("\"a\"", "a"), InlineData("\"a,b\"", "a", "b"), InlineData("[\"a\",\"b\"]", "a", "b"), InlineData("[\"a b\"]", "a b")]
    [InlineData("\"a b\"", "a b"), InlineData("\"a, b\"", "a", " b"), InlineData("\"a,a\"", "a"), InlineData("\"a,A\"", "a", "A")]
    [InlineData("[\"a\",\"a\"]", "a"), InlineData("\"\""), InlineData("\",\""), InlineData("\",a,,b,\"", "a", "b"), InlineData("[]")]
    [InlineData("[\"\",\"a\"]", "a")]
    public void Scopes_are_read_without_empty_elements_from_a_string_or_an_array(string json, params string[] expected) =>
        Reading.Of($"\"scopes\":{json}").Scopes.Should().BeEquivalentTo(expected);

    /// <summary>The hostile tokens contain more claims that do not agree.</summary>
    public static TheoryData<string, string> Claims => new()
    {
        { "\"scope\":\"a\"", "a" },
        { "\"scope\":\"a b\"", "a|b" },
        { "\"scope\":\" a  b \"", "a|b" },
        { "\"scope\":\"a,b\"", "a,b" },
        { "\"scope\":\"a\\tb\"", "a\tb" },
        { "\"scope\":\"\"", "" },
        { "\"scope\":[\"a\",\"b\"]", "a|b" },
        { "\"scope\":[\"a\",\"\"]", "a" },
        { "\"scope\":[]", "" },
        { "\"scope\":null", Refused },
        { "\"scp\":\"a b\"", "a|b" },
        { "\"scp\":[\"a\",\"b\"]", "a|b" },
        { "\"scopes\":\"a,b\",\"scope\":\"b a\"", "a|b" },
        { "\"scopes\":\"a,b,a\",\"scope\":\"b a\"", "a|b" },
        { "\"scope\":\"a b\",\"scp\":[\"b\",\"a\"],\"scopes\":[\"a\",\"b\"]", "a|b" },
        { "\"scopes\":\"\",\"scope\":\"\"", "" },
        { "\"scopes\":\"a\",\"scope\":\"b\",\"scp\":\"c\"", Refused },
        { "\"scopes\":\"a b\",\"scope\":\"a b\"", Refused },
        { "\"SCOPE\":\"a\",\"Scp\":\"b\"", "" },
    };

    /// <summary>RFC 8693, section 4.2, and RFC 9068 define <c>scope</c>. Some providers write <c>scp</c> instead.</summary>
    [Theory]
    [MemberData(nameof(Claims))]
    public void Scope_claims_of_other_software_are_read_and_must_agree(string members, string expected)
    {
        DecodeResult result = new PlainJwt(TestKeys.Verifying).Decode(Reading.TokenWith(members));

        if (expected == Refused)
        {
            result.Failure.Should().Be(TokenFailure.Malformed);
            result.Reason.Should().MatchRegex("'(scopes|scope|scp)'");
        }
        else
        {
            result.Payload!.Scopes.Should().BeEquivalentTo(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Theory]
    [InlineData("\"scopes\":[\"a,b\"]", "The claim 'scopes' is not a string, or an array of strings without commas.")]
    [InlineData("\"scope\":[\"a b\"]", "The claim 'scope' is not a string, or an array of strings without spaces.")]
    [InlineData("\"scp\":1", "The claim 'scp' is not a string, or an array of strings without spaces.")]
    public void The_reason_says_which_arrays_of_scopes_are_accepted(string members, string reason) =>
        new PlainJwt(TestKeys.Verifying).Decode(Reading.TokenWith(members)).Reason.Should().Be(reason);

    [Theory]
    [InlineData("read", true), InlineData("Write", true), InlineData("caf\u00e9", true), InlineData(" blank", true), InlineData("READ", false)]
    [InlineData("write", false), InlineData("cafe\u0301", false), InlineData("cafe", false), InlineData("blank", false), InlineData("rea", false)]
    [InlineData("read,Write", false), InlineData("read\u00ad", false), InlineData("", false), InlineData(",", false), InlineData("*", false)]
    public void Scopes_are_compared_exactly_by_every_method(string scope, bool expected)
    {
        Payload.HasScope(scope).Should().Be(expected);
        Payload.HasAnyScope(scope).Should().Be(expected);
        Payload.HasAllScopes(scope).Should().Be(expected);
        Payload.Scopes.Contains(scope).Should().Be(expected);
    }

    [Fact]
    public void HasAnyScope_is_true_if_one_scope_is_granted()
    {
        Payload.HasAnyScope("other", "read").Should().BeTrue();
        Payload.HasAnyScope("other", "another").Should().BeFalse();
    }

    [Fact]
    public void HasAllScopes_is_true_if_each_scope_is_granted()
    {
        Payload.HasAllScopes("read", "Write").Should().BeTrue();
        Payload.HasAllScopes("read", "other").Should().BeFalse();
        Payload.HasAllScopes("other", "read").Should().BeFalse();
    }

    [Fact]
    public void An_empty_list_of_scopes_grants_nothing()
    {
        Payload.HasAnyScope().Should().BeFalse();
        Payload.HasAllScopes().Should().BeFalse();
        Reading.Of("\"scopes\":\"\"").HasAllScopes().Should().BeFalse();
    }

    private static PlainJwt Service(ScopeFormat? format, Action<PayloadPolicy>? more = null) => new(TestKeys.Issuing, policy =>
    {
        policy.AllowScopes("read", "write");
        if (format is { } chosen)
            policy.WriteScopesAs(chosen);
        more?.Invoke(policy);
    });
}
