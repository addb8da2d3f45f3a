using System.Text.Json;
using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class VerifiedPayloadTests
{
    private const string Everything = """
        "iss":"auth_user","level":"1.0","factor":"otp","target":"","dnt":"0","scopes":"a","scope":"a","scp":"a","nbf":1,"iat":1,"jti":"1","team":"red","limits":[1,2],"Team":"blue","empty":null
        """;

    private static readonly PlainJwt Service = new(TestKeys.Verifying);

    [Fact]
    public void Absent_claims_have_their_defaults()
    {
        VerifiedPayload payload = Reading.Of("\"factor\":\"otp\"");
        (payload.Level, payload.DoNotTrack).Should().Be((0, DoNotTrack.Normal));
        payload.Scopes.Should().BeEmpty();
    }

    [Theory]
    [InlineData("\"0.0\"", 0), InlineData("\"3.1\"", 3.1), InlineData("\"3\"", 3), InlineData("3", 3), InlineData("3.1", 3.1), InlineData("0", 0)]
    [InlineData("3.10", 3.1), InlineData("1e1", 10), InlineData("\"1000000000000000.0\"", 1e15)]
    public void A_level_is_read_from_a_string_or_a_number(string json, double expected) =>
        Reading.Of($"\"level\":{json}").Level.Should().Be(expected);

    [Theory]
    [InlineData("\"0\"", DoNotTrack.Normal), InlineData("\"1\"", DoNotTrack.Reserved), InlineData("\"2\"", DoNotTrack.NotAnonymous)]
    [InlineData("\"3\"", DoNotTrack.TestUser), InlineData("\"\\u0031\"", DoNotTrack.Reserved), InlineData("0", DoNotTrack.Normal)]
    [InlineData("1", DoNotTrack.Reserved), InlineData("2", DoNotTrack.NotAnonymous), InlineData("3", DoNotTrack.TestUser)]
    public void A_do_not_track_choice_is_read_from_a_string_or_a_number(string json, DoNotTrack expected) =>
        Reading.Of($"\"dnt\":{json}").DoNotTrack.Should().Be(expected);

    [Theory]
    [InlineData("\"jti\":\"f81d4fae\"", "f81d4fae"), InlineData("\"jti\":\"\"", null), InlineData("\"level\":\"1.0\"", null)]
    [InlineData("\"JTI\":\"f81d4fae\"", null)]
    public void The_id_of_a_token_is_read(string members, string? expected) => Reading.Of(members).TokenId.Should().Be(expected);

    /// <summary>RFC 7519, section 4.1.7. Deny-lists compare the id, so a number must not pass for a text: 1 is not "1".</summary>
    [Theory]
    [InlineData("1"), InlineData("true"), InlineData("null"), InlineData("[\"a\"]"), InlineData("{}")]
    public void A_token_id_that_is_no_string_is_refused(string id) =>
        Service.Decode(Reading.TokenWith($"\"jti\":{id}")).Failure.Should().Be(TokenFailure.Malformed);

    [Theory]
    [InlineData("\"iat\":1767323045", "2026-01-02T03:04:05.0000000+00:00")]
    [InlineData("\"iat\":1767323045.5", "2026-01-02T03:04:05.5000000+00:00")]
    [InlineData("\"iat\":0", "1970-01-01T00:00:00.0000000+00:00")]
    [InlineData("\"level\":\"1.0\"", null)]
    public void The_time_of_issue_is_read_in_UTC(string members, string? expected) => Reading.Of(members).IssuedAt?.ToString("O").Should().Be(expected);

    [Theory]
    [InlineData("\"red\"", "red"), InlineData("\"\"", ""), InlineData("\"a,b\"", "a,b"), InlineData("1", null), InlineData("true", null)]
    [InlineData("null", null), InlineData("[\"red\"]", null), InlineData("{\"x\":\"red\"}", null)]
    public void A_text_is_read_from_a_string(string json, string? expected) =>
        Reading.Of($"\"extra\":{json}").GetText("extra").Should().Be(expected);

    [Theory]
    [InlineData("\"42\"", 42L), InlineData("42", 42L), InlineData("\"-7\"", -7L), InlineData("-7", -7L)]
    [InlineData("\"9223372036854775807\"", long.MaxValue), InlineData("-9223372036854775808", long.MinValue), InlineData("9223372036854775808", null)]
    [InlineData("\"99999999999999999999\"", null), InlineData("1.5", null), InlineData("1.0", null), InlineData("\"1.0\"", null)]
    [InlineData("1e3", null), InlineData("\"5\\u0000\"", null), InlineData("\"5.\"", null), InlineData("\"NaN\"", null)]
    [InlineData("\"Infinity\"", null), InlineData("\"1e999\"", null), InlineData("\" 1\"", null), InlineData("\"1 \"", null)]
    [InlineData("\"1,000\"", null), InlineData("\"0x10\"", null), InlineData("\"\"", null), InlineData("true", null), InlineData("null", null)]
    [InlineData("[1]", null), InlineData("[\"1\"]", null), InlineData("{}", null)]
    public void An_integer_is_read_from_a_string_or_a_number(string json, long? expected) =>
        Reading.Of($"\"extra\":{json}").GetInteger("extra").Should().Be(expected);

    [Theory]
    [InlineData("\"3.1\"", 3.1), InlineData("3.1", 3.1), InlineData("\"-0.5\"", -0.5), InlineData("42", 42.0), InlineData("\"42\"", 42.0)]
    [InlineData("\"1e+16\"", 1e16), InlineData("1e-05", 1e-05), InlineData("\"1e-05\"", 1e-05), InlineData("1e999", null)]
    [InlineData("\"1e999\"", null), InlineData("\"nan\"", null), InlineData("\"NaN\"", null), InlineData("\"inf\"", null)]
    [InlineData("\"Infinity\"", null), InlineData("\"-Infinity\"", null), InlineData("\"3,1\"", null), InlineData("\"1,000.5\"", null)]
    [InlineData("\"5\\u0000\"", null), InlineData("\"5.\"", null), InlineData("\"0x5\"", null), InlineData("\" 3.1\"", null)]
    [InlineData("\"3.1 \"", null), InlineData("\"٣\"", null), InlineData("\"\"", null), InlineData("false", null), InlineData("null", null)]
    [InlineData("[3.1]", null), InlineData("{}", null)]
    public void A_number_is_read_from_a_string_or_a_number(string json, double? expected) =>
        Reading.Of($"\"extra\":{json}").GetNumber("extra").Should().Be(expected);

    [Theory]
    [InlineData("\"a\"", "a"), InlineData("\"a,b\"", "a", "b"), InlineData("[\"a\",\"b\"]", "a", "b"), InlineData("\"b,,a,\"", "b", "a")]
    [InlineData("[\"b\",\"\",\"a\"]", "b", "a"), InlineData("\"a, b\"", "a", " b"), InlineData("\"\""), InlineData("[]")]
    public void A_list_is_read_from_a_string_or_an_array(string json, params string[] expected) =>
        Reading.Of($"\"extra\":{json}").GetList("extra").Should().Equal(expected);

    [Theory]
    [InlineData("1"), InlineData("true"), InlineData("null"), InlineData("{\"a\":\"b\"}"), InlineData("[1]"), InlineData("[\"a\",1]")]
    [InlineData("[\"a\",null]"), InlineData("[[\"a\"]]")]
    public void A_list_is_not_read_from_another_kind_of_value(string json) =>
        Reading.Of($"\"extra\":{json}").GetList("extra").Should().BeNull();

    [Theory]
    [InlineData("true", true), InlineData("false", false), InlineData("\"True\"", true), InlineData("\"False\"", false), InlineData("\"true\"", true)]
    [InlineData("\"FALSE\"", false), InlineData("\"\"", null), InlineData("\"yes\"", null), InlineData("\" True\"", null)]
    [InlineData("\"True\\u0000\"", null), InlineData("\"1\"", null), InlineData("1", null), InlineData("0", null), InlineData("null", null)]
    [InlineData("[true]", null), InlineData("{}", null)]
    public void A_boolean_is_read_from_a_string_or_a_literal(string json, bool? expected) =>
        Reading.Of($"\"extra\":{json}").GetBoolean("extra").Should().Be(expected);

    [Theory]
    [InlineData("\"other\":\"1\""), InlineData("\"factor\":\"1\"")]
    public void An_absent_extra_has_no_value_of_any_kind(string members)
    {
        VerifiedPayload payload = Reading.Of(members);
        (payload.GetText("extra"), payload.GetInteger("extra"), payload.GetNumber("extra"), payload.GetBoolean("extra")).Should().Be((null, null, null, null));
        payload.GetList("extra").Should().BeNull();
    }

    [Theory]
    [InlineData("Extra"), InlineData("extra "), InlineData("")]
    public void The_name_of_an_extra_is_compared_exactly(string name) =>
        Reading.Of("\"extra\":\"1\"").GetText(name).Should().BeNull();

    [Theory]
    [InlineData("sub", nameof(VerifiedPayload.Subject)), InlineData("iss", nameof(VerifiedPayload.Issuer))]
    [InlineData("exp", nameof(VerifiedPayload.ExpiresAt)), InlineData("level", nameof(VerifiedPayload.Level))]
    [InlineData("factor", nameof(VerifiedPayload.Factor)), InlineData("target", nameof(VerifiedPayload.Target))]
    [InlineData("dnt", nameof(VerifiedPayload.DoNotTrack)), InlineData("scopes", nameof(VerifiedPayload.Scopes))]
    public void A_claim_with_a_property_is_not_an_extra_and_the_caller_is_told_which(string claim, string property)
    {
        VerifiedPayload payload = Reading.Of("\"level\":\"1.0\"");
        Action[] reads = [() => payload.GetText(claim), () => payload.GetInteger(claim), () => payload.GetNumber(claim), () => payload.GetList(claim), () => payload.GetBoolean(claim)];
        foreach (Action read in reads)
            read.Should().ThrowExactly<ApiJwtException>().WithMessage($"*'{claim}'*VerifiedPayload.{property}.");
    }

    [Fact]
    public void Registered_claims_without_a_property_are_read_as_extras()
    {
        VerifiedPayload payload = Reading.Of("\"iat\":1,\"nbf\":2,\"jti\":\"id\"");
        (payload.GetInteger("iat"), payload.GetInteger("nbf"), payload.GetText("jti")).Should().Be((1, 2, "id"));
    }

    [Fact]
    public void All_extras_can_be_read_as_JSON_without_the_claims_that_have_a_property()
    {
        IReadOnlyDictionary<string, JsonElement> extras = Reading.Of(Everything).Extras;
        extras.Keys.Should().Equal("team", "limits", "Team", "empty");
        extras["team"].GetString().Should().Be("red");
        extras["limits"].EnumerateArray().Select(limit => limit.GetInt32()).Should().Equal(1, 2);
        extras["empty"].ValueKind.Should().Be(JsonValueKind.Null);
        extras.ContainsKey("TEAM").Should().BeFalse("names are case-sensitive");
    }

    [Fact]
    public void Extras_and_scopes_are_read_once_and_cannot_be_changed()
    {
        VerifiedPayload payload = Reading.Of(Everything);
        FluentActions.Invoking(() => ((IDictionary<string, JsonElement>)payload.Extras).Clear()).Should().Throw<NotSupportedException>();
        payload.Extras.Should().BeSameAs(payload.Extras);
        payload.Scopes.Should().BeSameAs(payload.Scopes);
    }

    [Theory]
    [InlineData("\"level\":\"1.0\""), InlineData("\"jti\":\"1\",\"iat\":1")]
    public void A_payload_may_have_no_extras(string members) => Reading.Of(members).Extras.Should().BeEmpty();

    /// <summary>A cast must not make a change possible, because later decodes of the token return the same payload.</summary>
    [Theory]
    [InlineData("\"read\""), InlineData("[\"read\"]"), InlineData("\"\"")]
    public void A_payload_cannot_be_changed_through_its_scopes(string scopes)
    {
        string token = Reading.TokenWith($"\"scopes\":{scopes}");
        VerifiedPayload payload = Service.Decode(token).Payload!;
        int count = payload.Scopes.Count;

        FluentActions.Invoking(() => ((ICollection<string>)payload.Scopes).Add("admin:all")).Should().Throw<Exception>();
        FluentActions.Invoking(() => ((ICollection<string>)payload.Scopes).Clear()).Should().Throw<Exception>();

        foreach (VerifiedPayload seen in (VerifiedPayload[])[payload, Service.Decode(token).Payload!])
        {
            seen.Scopes.Should().HaveCount(count);
            seen.HasScope("admin:all").Should().BeFalse();
        }
    }

    [Theory]
    [InlineData("\"a,b\""), InlineData("[\"a\",\"b\"]")]
    public void A_payload_cannot_be_changed_through_a_list(string list)
    {
        string token = Reading.TokenWith($"\"groups\":{list}");
        VerifiedPayload payload = Service.Decode(token).Payload!;

        // The list may refuse the change, or the change has no effect on a later read.
        Record.Exception(() => ((IList<string>)payload.GetList("groups")!)[0] = "root").Should().Match(it => it == null || it is NotSupportedException);

        payload.GetList("groups").Should().Equal("a", "b");
        Service.Decode(token).Payload!.GetList("groups").Should().Equal("a", "b");
    }
}
