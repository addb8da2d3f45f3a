using System.Globalization;
using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class Tokens_are_the_same_in_every_culture
{
    private const string Payload = """
        {"iss":"auth_INIT","sub":"ı I i İ","exp":1767326645,"level":"3.1","factor":"PIN","target":"-1,5","dnt":"3","scopes":"INIT:all,init:read",
         "limit":"-1234567.5","tiny":"1e-05","visits":"-1234567","rate":"0.5","groups":"I,i"}
        """;

    [Theory]
    [MemberData(nameof(Cultures.Names), MemberType = typeof(Cultures))]
    public void When_they_are_issued(string culture)
    {
        Cultures.Run(culture, () => Wire.ShouldCarry(Issue(), Payload));
    }

    [Theory]
    [MemberData(nameof(Cultures.Names), MemberType = typeof(Cultures))]
    public void When_they_are_read(string culture)
    {
        string token = Issue();

        Cultures.Run(culture, () =>
        {
            VerifiedPayload payload = Service().Decode(token).Payload!;
            payload.Level.Should().Be(3.1);
            payload.DoNotTrack.Should().Be(DoNotTrack.TestUser);
            payload.ExpiresAt.ToUnixTimeSeconds().Should().Be(1767326645);
            payload.GetNumber("limit").Should().Be(-1234567.5);
            payload.GetNumber("tiny").Should().Be(1e-05);
            payload.GetInteger("visits").Should().Be(-1234567);
            payload.HasScope("INIT:all").Should().BeTrue();
            payload.HasScope("init:all").Should().BeFalse();
            payload.HasScope("ınıt:read").Should().BeFalse();
        });
    }

    [Theory]
    [MemberData(nameof(Cultures.Names), MemberType = typeof(Cultures))]
    public void When_a_number_is_written_as_one_culture_does_it_is_none_in_any(string culture)
    {
        VerifiedPayload payload = Reading.Of("\"a\":\"3,1\",\"b\":\"3_1\",\"c\":\"٣\",\"d\":\"minus5\",\"e\":\"1.234.567\",\"f\":\"−5\",\"g\":\"1 000\"");

        Cultures.Run(culture, () =>
        {
            foreach (string name in (string[])["a", "b", "c", "d", "e", "f", "g"])
                (payload.GetNumber(name), payload.GetInteger(name)).Should().Be((null, null), name);
        });
    }

    [Fact]
    public void The_cultures_do_write_numbers_in_other_ways()
    {
        List<string> written = [];
        foreach (string name in (string[])["nb-NO", "ar-SA", "fa-IR", Cultures.Foreign])
            Cultures.Run(name, () => written.Add((-1.5).ToString(CultureInfo.CurrentCulture)));

        written.Should().OnlyContain(text => text != "-1.5", "otherwise these tests show nothing");
    }

    private static string Issue() => Service().Encode(new TokenRequest
    {
        Subject = "ı I i İ",
        Key = "INIT",
        Level = 3.1,
        Factor = "PIN",
        Target = "-1,5",
        DoNotTrack = DoNotTrack.TestUser,
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
