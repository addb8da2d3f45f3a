using System.Text.Json;
using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

/// <summary>As a login endpoint takes one, with the settings of the web or with none.</summary>
public class A_request_is_read_from_JSON_and_written_as_JSON
{
    private static readonly Dictionary<string, ClaimValue> Values = new()
    {
        ["text"] = "red, \"blue\" 😀",
        ["empty text"] = "",
        ["integer"] = 42,
        ["largest integer"] = long.MaxValue,
        ["smallest integer"] = long.MinValue,
        ["number"] = 3.25,
        ["whole number"] = 3.0,
        ["negative zero"] = -0.0,
        ["large number"] = 1e300,
        ["small number"] = 5e-324,
        ["true"] = true,
        ["false"] = false,
        ["list"] = new[] { "a", "b", "" },
        ["empty list"] = Array.Empty<string>(),
        ["nothing"] = default,
    };

    public static TheoryData<string> Names => [.. Values.Keys];

    public static TheoryData<string, string> NoValues => new()
    {
        { "{}", "an object" },
        { "{\"a\":1}", "an object" },
        { "[1]", "a list of numbers" },
        { "[\"a\",null]", "a list with a null" },
        { "[[\"a\"]]", "a list of lists" },
        { "[true]", "a list of truths" },
        { "[{\"a\":[\"b\"]}]", "a list of objects" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void With_every_kind_of_extra(string name)
    {
        var request = new TokenRequest { Subject = "ann", Extras = new Dictionary<string, ClaimValue> { [name] = Values[name] } };
        foreach (JsonSerializerOptions options in (JsonSerializerOptions[])[JsonSerializerOptions.Default, JsonSerializerOptions.Web])
        {
            TokenRequest read = JsonSerializer.Deserialize<TokenRequest>(JsonSerializer.Serialize(request, options), options)!;

            read.Extras.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create(name, Values[name]));
        }
    }

    [Fact]
    public void With_everything_else()
    {
        var request = new TokenRequest
        {
            Subject = "ann",
            Key = "admin",
            Level = 3.1,
            Factor = "otp",
            Target = "bob",
            Scopes = ["a", "b"],
            DoNotTrack = DoNotTrack.TestUser,
            Audience = "orders",
            TimeToLive = TimeSpan.FromMinutes(10),
        };

        TokenRequest read = JsonSerializer.Deserialize<TokenRequest>(JsonSerializer.Serialize(request, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!;

        read.Should().BeEquivalentTo(request);
    }

    [Fact]
    public void And_the_token_is_the_one_that_it_asks_for()
    {
        TokenRequest request = JsonSerializer.Deserialize<TokenRequest>(
            """{"subject":"ann","level":2,"scopes":["user:all"],"timeToLive":"00:10:00","extras":{"team":"red","limit":3,"rate":3,"vip":true,"regions":["north","west"],"rest":null}}""",
            JsonSerializerOptions.Web)!;
        var jwt = new PlainJwt(Clock.Issuing(Clock.Standing()), policy =>
        {
            foreach (Extra extra in (Extra[])[Extra.Text("team"), Extra.Integer("limit"), Extra.Number("rate"), Extra.Boolean("vip"), Extra.TextList("regions"), Extra.Text("rest", "default")])
                policy.AllowExtra(extra);
        });

        Wire.ShouldCarry(jwt.Encode(request), $$"""
            {"iss":"auth_user","sub":"ann","exp":{{Clock.Start + 600}},"level":"2.0","factor":"","target":"","dnt":"0","scopes":"user:all",
             "team":"red","limit":"3","rate":"3.0","vip":"True","regions":"north,west","rest":"default"}
            """);
    }

    [Theory]
    [MemberData(nameof(NoValues))]
    public void And_what_is_no_value_of_a_claim_is_refused_by_name(string json, string what)
    {
        Action read = () => JsonSerializer.Deserialize<TokenRequest>($"{{\"subject\":\"ann\",\"extras\":{{\"good\":1,\"team\":{json}}}}}", JsonSerializerOptions.Web);

        JsonException refusal = read.Should().Throw<JsonException>("{0} is no value", what).Which;
        refusal.Path.Should().Be("$.extras.team");
        refusal.Message.Should().Contain("a string, a number, true or false, or an array of strings");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void And_what_is_no_number_is_not_written(double number) =>
        FluentActions.Invoking(() => JsonSerializer.Serialize(ClaimValue.From(number))).Should().Throw<JsonException>().WithMessage("*finite*");

    [Fact]
    public void And_a_number_beyond_all_bounds_is_refused_when_the_token_is_issued()
    {
        TokenRequest request = JsonSerializer.Deserialize<TokenRequest>("""{"subject":"ann","extras":{"rate":1e999}}""", JsonSerializerOptions.Web)!;

        Refusal.Of(new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.Number("rate"))), request).Message.Should().Contain("Claim 'rate' takes a finite number");
    }

    [Fact]
    public void And_without_a_subject_it_is_none() =>
        FluentActions.Invoking(() => JsonSerializer.Deserialize<TokenRequest>("{}", JsonSerializerOptions.Web)).Should().Throw<JsonException>().WithMessage("*subject*");
}
