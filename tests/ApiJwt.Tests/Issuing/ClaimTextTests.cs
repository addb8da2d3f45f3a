using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class ClaimTextTests
{
    private const string Payload = """
        {"iss":"auth_INIT","sub":"ı I i İ","exp":1767326645,"level":"3.1","factor":"PIN","target":"-1,5","dnt":"3","scopes":"INIT:all,init:read",
         "limit":"-1234567.5","tiny":"1e-05","visits":"-1234567","rate":"0.5","groups":"I,i"}
        """;

    [Theory]
    [InlineData(0.0, "0.0"), InlineData(1, "1.0"), InlineData(3.0, "3.0"), InlineData(3.1, "3.1"), InlineData(3.5, "3.5"), InlineData(10.0, "10.0")]
    [InlineData(100.0, "100.0"), InlineData(0.1, "0.1"), InlineData(0.1 + 0.2, "0.30000000000000004"), InlineData(1.0 / 3, "0.3333333333333333")]
    [InlineData(0.0001, "0.0001"), InlineData(0.00012345, "0.00012345"), InlineData(123456.789, "123456.789")]
    [InlineData(1e15 / 3, "333333333333333.3"), InlineData(1e15, "1000000000000000.0"), InlineData(9999999999999998.0, "9999999999999998.0")]
    public void A_level_is_written_with_a_point_and_without_an_exponent(double level, string expected)
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowLevels(level));
        string token = jwt.Encode(new TokenRequest { Subject = "ann", Level = level });
        Wire.TextOf(token, "level").Should().Be(expected);
        jwt.Decode(token).Payload!.Level.Should().Be(level);
    }

    [Fact]
    public void A_level_of_zero_is_written_without_a_sign()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowLevels(-0.0));
        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann", Level = -0.0 }), "level").Should().Be("0.0");
        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann", Level = 0.0 }), "level").Should().Be("0.0");
        var byDefault = new PlainJwt(TestKeys.Issuing, policy => policy.SetDefault("level", -0.0));
        Wire.TextOf(byDefault.Encode(new TokenRequest { Subject = "ann" }), "level").Should().Be("0.0");
    }

    /// <summary>Each text is what <c>repr</c> of Python returns for the number.</summary>
    [Theory]
    [InlineData(0.0, "0.0"), InlineData(-0.0, "-0.0"), InlineData(5, "5.0"), InlineData(-0.5, "-0.5"), InlineData(-3.1, "-3.1")]
    [InlineData(1.0000000000000002, "1.0000000000000002"), InlineData(123456789.123, "123456789.123"), InlineData(0.0001, "0.0001")]
    [InlineData(0.00009999, "9.999e-05"), InlineData(1e-05, "1e-05"), InlineData(-1e-7, "-1e-07"), InlineData(-123e-9, "-1.23e-07")]
    [InlineData(9007199254740992, "9007199254740992.0"), InlineData(1234567890123456.7, "1234567890123456.8")]
    [InlineData(9.999999999999998e15, "9999999999999998.0"), InlineData(1e16, "1e+16"), InlineData(12345678901234567.0, "1.2345678901234568e+16")]
    [InlineData(1e21, "1e+21"), InlineData(1e100, "1e+100"), InlineData(1.5e300, "1.5e+300"), InlineData(5e-324, "5e-324")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    public void A_number_is_written_as_a_Python_float_to_the_last_digit(double number, string expected)
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.Number("limit")));
        string token = jwt.Encode(RequestWith.Extra("limit", number));
        Wire.TextOf(token, "limit").Should().Be(expected);
        jwt.Decode(token).Payload!.GetNumber("limit").Should().Be(number);
    }

    [Theory]
    [InlineData(0, "0"), InlineData(42, "42"), InlineData(-7, "-7"), InlineData(1234567, "1234567"), InlineData(long.MaxValue, "9223372036854775807")]
    [InlineData(long.MinValue, "-9223372036854775808")]
    public void An_integer_is_written_as_its_digits(long integer, string expected)
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.Integer("visits")));
        string token = jwt.Encode(RequestWith.Extra("visits", integer));
        Wire.TextOf(token, "visits").Should().Be(expected);
        jwt.Decode(token).Payload!.GetInteger("visits").Should().Be(integer);
    }

    [Theory]
    [InlineData(DoNotTrack.Normal, "0"), InlineData(DoNotTrack.Reserved, "1"), InlineData(DoNotTrack.NotAnonymous, "2"), InlineData(DoNotTrack.TestUser, "3")]
    public void A_do_not_track_choice_is_written_as_its_digit(DoNotTrack choice, string expected)
    {
        var jwt = new PlainJwt(TestKeys.Issuing);
        string token = jwt.Encode(new TokenRequest { Subject = "ann", DoNotTrack = choice });
        Wire.TextOf(token, "dnt").Should().Be(expected);
        jwt.Decode(token).Payload!.DoNotTrack.Should().Be(choice);
    }

    [Theory]
    [InlineData(""), InlineData("a", "a"), InlineData("b,a", "b", "a"), InlineData("a b,c;d,e|f", "a b", "c;d", "e|f")]
    public void A_list_is_joined_by_commas_in_the_order_that_it_was_given(string expected, params string[] elements)
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy =>
        {
            policy.AllowScopes("a", "b", "a b", "c;d", "e|f");
            policy.AllowExtra(Extra.TextList("groups"));
        });

        string token = jwt.Encode(new TokenRequest { Subject = "ann", Scopes = elements, Extras = new Dictionary<string, ClaimValue> { ["groups"] = elements } });

        Wire.TextOf(token, "scopes").Should().Be(expected);
        Wire.TextOf(token, "groups").Should().Be(expected);
        jwt.Decode(token).Payload!.GetList("groups").Should().Equal(elements);
    }

    [Theory]
    [InlineData("a,b"), InlineData(","), InlineData(""), InlineData("a\nb"), InlineData("a\0"), InlineData("a\u0085"), InlineData(null)]
    public void An_element_that_a_list_cannot_hold_is_refused(string? element)
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.TextList("groups")));
        var request = RequestWith.Extra("groups", ClaimValue.From(["fine", element!]));
        Refusal.Of(jwt, request).Claim.Should().Be("groups");
    }

    [Theory]
    [InlineData("Åse Ødegård"), InlineData("日本語"), InlineData("😀👩‍👩‍👧‍👦🇳🇴"), InlineData("e\u0301"), InlineData("\u00e9"), InlineData("שלום عالم")]
    [InlineData("\u202eabc\u202c"), InlineData("\ufeffann\u200b"), InlineData("\ufb01\u212b\u1e9e"), InlineData("\U0010ffff\uffff")]
    [InlineData("<a href=\"x\">&'+/\\\b\u2028\u007f\u0001")]
    public void Text_in_every_script_arrives_unchanged(string text)
    {
        string scope = new([.. text.Where(character => !char.IsControl(character))]);
        var jwt = new PlainJwt(TestKeys.Issuing, policy =>
        {
            policy.AllowKey(text, text + "_issuer", [scope]);
            policy.AllowExtra(Extra.Text(text));
            policy.AllowExtra(Extra.TextList("groups"));
        });

        VerifiedPayload payload = jwt.Decode(jwt.Encode(new TokenRequest
        {
            Subject = text, Key = text, Factor = text, Target = text, Scopes = [scope],
            Extras = new Dictionary<string, ClaimValue> { [text] = text, ["groups"] = ClaimValue.From([scope]) },
        })).Payload!;

        (payload.Subject, payload.Key, payload.Issuer, payload.Factor, payload.Target).Should().Be((text, text, text + "_issuer", text, text));
        payload.Scopes.Should().Equal(scope);
        payload.GetText(text).Should().Be(text);
        payload.GetList("groups").Should().Equal(scope);
    }

    [Theory]
    [MemberData(nameof(Cultures.Names), MemberType = typeof(Cultures))]
    public void The_same_token_is_issued_in_every_culture(string culture) =>
        Cultures.Run(culture, () => Wire.ShouldCarry(Issue(), Payload));

    [Theory]
    [MemberData(nameof(Cultures.Names), MemberType = typeof(Cultures))]
    public void A_token_is_read_in_the_same_way_in_every_culture(string culture)
    {
        string token = Issue();

        Cultures.Run(culture, () =>
        {
            VerifiedPayload payload = Service().Decode(token).Payload!;
            (payload.Level, payload.DoNotTrack, payload.ExpiresAt.ToUnixTimeSeconds()).Should().Be((3.1, DoNotTrack.TestUser, 1767326645));
            (payload.GetNumber("limit"), payload.GetNumber("tiny"), payload.GetInteger("visits")).Should().Be((-1234567.5, 1e-05, -1234567));
            (payload.HasScope("INIT:all"), payload.HasScope("init:all"), payload.HasScope("ınıt:read")).Should().Be((true, false, false));
        });
    }

    [Theory]
    [MemberData(nameof(Cultures.Names), MemberType = typeof(Cultures))]
    public void A_number_in_the_notation_of_a_culture_is_not_read_as_a_number(string culture)
    {
        VerifiedPayload payload = Reading.Of("\"a\":\"3,1\",\"b\":\"3_1\",\"c\":\"٣\",\"d\":\"minus5\",\"e\":\"1.234.567\",\"f\":\"−5\",\"g\":\"1 000\"");
        Cultures.Run(culture, () =>
        {
            foreach (string name in (string[])["a", "b", "c", "d", "e", "f", "g"])
                (payload.GetNumber(name), payload.GetInteger(name)).Should().Be((null, null), name);
        });
    }

    private static string Issue() => Service().Encode(new TokenRequest
    {
        Subject = "ı I i İ", Key = "INIT", Level = 3.1, Factor = "PIN", Target = "-1,5", DoNotTrack = DoNotTrack.TestUser,
        Scopes = ["INIT:all", "init:read"],
        Extras = new Dictionary<string, ClaimValue> { ["limit"] = -1234567.5, ["tiny"] = 1e-05, ["visits"] = -1234567, ["groups"] = ClaimValue.From(["I", "i"]) },
    });

    private static PlainJwt Service() => new(Clock.Issuing(Clock.Standing()), policy =>
    {
        policy.AllowKey("INIT", "auth_INIT", ["INIT:all", "init:read"]);
        policy.AllowLevels(3.1);
        policy.AllowExtra(Extra.Number("limit", allowed: [-1234567.5]));
        policy.AllowExtra(Extra.Number("tiny"));
        policy.AllowExtra(Extra.Integer("visits"));
        policy.AllowExtra(Extra.Number("rate", 0.5));
        policy.AllowExtra(Extra.TextList("groups"));
    });
}
