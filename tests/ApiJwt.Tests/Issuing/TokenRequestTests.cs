using System.Text.Json;
using Hudya.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Issuing;

public class TokenRequestTests
{
    private static readonly Dictionary<string, ClaimValue> Values = new()
    {
        ["text"] = "red, \"blue\" 😀", ["empty text"] = "", ["integer"] = 42, ["largest integer"] = long.MaxValue,
        ["smallest integer"] = long.MinValue, ["number"] = 3.25, ["whole number"] = 3.0, ["negative zero"] = -0.0, ["large number"] = 1e300,
        ["small number"] = 5e-324, ["true"] = true, ["false"] = false, ["list"] = new[] { "a", "b", "" }, ["empty list"] = Array.Empty<string>(),
        ["nothing"] = default,
    };

    private readonly RecordingLogger _logger = new();

    private IEnumerable<LogEntry> Warnings => _logger.Entries.Where(entry => entry.Event.Id == 10);

    [Theory]
    [InlineData(null), InlineData("")]
    public void A_request_must_have_a_subject(string? subject)
    {
        PolicyViolationException violation = Refusal.Of(new PlainJwt(TestKeys.Issuing), new TokenRequest { Subject = subject! });
        violation.Claim.Should().Be("sub");
        violation.Message.Should().Contain("TokenRequest.Subject");
    }

    [Fact]
    public void A_subject_must_be_whole_Unicode_characters()
    {
        foreach (string half in HalfCharacters.Texts)
            Refusal.Of(new PlainJwt(TestKeys.Issuing), new TokenRequest { Subject = half }).Claim.Should().Be("sub");
    }

    [Theory]
    [InlineData(" "), InlineData("0"), InlineData("a,b"), InlineData("\0")]
    public void A_subject_arrives_as_it_was_given(string subject)
    {
        var jwt = new PlainJwt(TestKeys.Issuing);
        jwt.Decode(jwt.Encode(new TokenRequest { Subject = subject })).Payload!.Subject.Should().Be(subject);
    }

    [Fact]
    public void A_request_does_not_change_with_the_collections_of_the_caller()
    {
        List<string> scopes = ["user:all"];
        Dictionary<string, ClaimValue> extras = new() { ["team"] = "red" };
        var request = new TokenRequest { Subject = "ann", Scopes = scopes, Extras = extras };
        scopes.Add("admin:all");
        extras["team"] = "blue";

        string token = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.Text("team"))).Encode(request);

        (Wire.TextOf(token, "scopes"), Wire.TextOf(token, "team")).Should().Be(("user:all", "red"));
    }

    [Fact]
    public void The_collections_of_a_request_cannot_be_changed()
    {
        var request = new TokenRequest { Subject = "ann", Scopes = ["user:all"], Extras = new Dictionary<string, ClaimValue> { ["team"] = "red" } };
        request.Scopes.Should().BeAssignableTo<ICollection<string>>().Which.IsReadOnly.Should().BeTrue();
        request.Extras.Should().BeAssignableTo<IDictionary<string, ClaimValue>>().Which.IsReadOnly.Should().BeTrue();
    }

    [Fact]
    public void A_request_takes_null_for_no_extras() =>
        new PlainJwt(TestKeys.Issuing).Encode(new TokenRequest { Subject = "ann", Extras = null }).Should().NotBeEmpty();

    public static TheoryData<string> Names => [.. Values.Keys];

    /// <summary>A login endpoint deserializes requests, with the web defaults of System.Text.Json or without them.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_request_keeps_every_kind_of_extra_through_JSON(string name)
    {
        var request = RequestWith.Extra(name, Values[name]);
        foreach (JsonSerializerOptions options in (JsonSerializerOptions[])[JsonSerializerOptions.Default, JsonSerializerOptions.Web])
        {
            TokenRequest read = JsonSerializer.Deserialize<TokenRequest>(JsonSerializer.Serialize(request, options), options)!;
            read.Extras.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create(name, Values[name]));
        }
    }

    [Fact]
    public void A_request_keeps_all_other_members_through_JSON()
    {
        var request = new TokenRequest
        {
            Subject = "ann", Key = "admin", Level = 3.1, Factor = "otp", Target = "bob", Scopes = ["a", "b"], DoNotTrack = DoNotTrack.TestUser,
            Audience = "orders", TimeToLive = TimeSpan.FromMinutes(10),
        };

        TokenRequest read = JsonSerializer.Deserialize<TokenRequest>(JsonSerializer.Serialize(request, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!;

        read.Should().BeEquivalentTo(request);
    }

    [Fact]
    public void A_token_has_what_a_request_in_JSON_asks_for()
    {
        TokenRequest request = JsonSerializer.Deserialize<TokenRequest>(
            """{"subject":"ann","level":2,"scopes":["user:all"],"timeToLive":"00:10:00","extras":{"team":"red","limit":3,"rate":3,"vip":true,"regions":["north","west"],"rest":null}}""",
            JsonSerializerOptions.Web)!;
        var jwt = new PlainJwt(Clock.Issuing(Clock.Standing()), policy =>
        {
            Extra[] extras =
                [Extra.Text("team"), Extra.Integer("limit"), Extra.Number("rate"), Extra.Boolean("vip"), Extra.TextList("regions"), Extra.Text("rest", "default")];
            Array.ForEach(extras, policy.AllowExtra);
        });

        Wire.ShouldCarry(jwt.Encode(request), $$"""
            {"iss":"auth_user","sub":"ann","exp":{{Clock.Start + 600}},"level":"2.0","factor":"","target":"","dnt":"0","scopes":"user:all",
             "team":"red","limit":"3","rate":"3.0","vip":"True","regions":"north,west","rest":"default"}
            """);
    }

    public static TheoryData<string> NoValues => ["{}", "{\"a\":1}", "[1]", "[\"a\",null]", "[[\"a\"]]", "[true]", "[{\"a\":[\"b\"]}]"];

    [Theory]
    [MemberData(nameof(NoValues))]
    public void JSON_that_is_no_value_of_a_claim_is_refused_with_its_name(string json)
    {
        Action read = () => JsonSerializer.Deserialize<TokenRequest>($"{{\"subject\":\"ann\",\"extras\":{{\"good\":1,\"team\":{json}}}}}", JsonSerializerOptions.Web);
        JsonException refusal = read.Should().Throw<JsonException>().Which;
        refusal.Path.Should().Be("$.extras.team");
        refusal.Message.Should().Contain("a string, a number, true or false, or an array of strings");
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void A_number_that_is_not_finite_is_not_written_as_JSON(double number) =>
        FluentActions.Invoking(() => JsonSerializer.Serialize(ClaimValue.From(number))).Should().Throw<JsonException>().WithMessage("*finite*");

    [Fact]
    public void A_number_in_JSON_that_is_too_large_is_refused_when_the_token_is_issued()
    {
        TokenRequest request = JsonSerializer.Deserialize<TokenRequest>("""{"subject":"ann","extras":{"rate":1e999}}""", JsonSerializerOptions.Web)!;
        Refusal.Of(new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.Number("rate"))), request).Message.Should().Contain("Claim 'rate' must be a finite number");
    }

    [Fact]
    public void JSON_without_a_subject_is_refused() =>
        FluentActions.Invoking(() => JsonSerializer.Deserialize<TokenRequest>("{}", JsonSerializerOptions.Web)).Should().Throw<JsonException>().WithMessage("*subject*");

    [Fact]
    public void A_token_longer_than_allowed_is_not_issued()
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, MaxTokenLength = 1000 });
        PolicyViolationException violation = Refusal.Of(jwt, Long(1000));
        violation.Claim.Should().Be("sub", "the subject is the longest claim");
        violation.Message.Should().Contain("1000").And.Contain("ApiJwtOptions.MaxTokenLength");
    }

    [Fact]
    public void A_token_of_the_longest_length_is_issued_and_read()
    {
        ApiJwtOptions options = TestKeys.Issuing;
        options.MaxTokenLength = new PlainJwt(options).Encode(Long(600)).Length;
        var jwt = new PlainJwt(options);
        jwt.Decode(jwt.Encode(Long(600))).IsValid.Should().BeTrue();
        Refusal.Of(jwt, Long(603));
    }

    /// <summary>Many proxies refuse a header of more than 8 KB without saying that the token is the cause.</summary>
    [Fact]
    public void The_warning_about_a_long_token_is_logged_once()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, logger: _logger);

        string first = jwt.Encode(Long(5000));
        jwt.Encode(Long(5000));
        jwt.Encode(Long(6000));

        LogEntry warning = Warnings.Should().ContainSingle().Which;
        warning.Level.Should().Be(LogLevel.Warning);
        warning.Text.Should().Contain($"{first.Length} characters").And.NotContain("aaaa");
    }

    [Fact]
    public void A_token_of_more_than_7000_characters_is_long()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, logger: _logger);
        int length = 4000;
        while (jwt.Encode(Long(length)).Length < 7000)
            length++;

        jwt.Encode(Long(length)).Should().HaveLength(7000);
        Warnings.Should().BeEmpty();

        jwt.Encode(Long(length + 1)).Length.Should().BeGreaterThan(7000);
        Warnings.Should().ContainSingle();
    }

    [Fact]
    public void No_warning_is_logged_about_a_long_token_that_is_not_issued()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, logger: _logger);
        Refusal.Of(jwt, Long(20_000));
        Warnings.Should().BeEmpty();
        jwt.Encode(Long(6000));
        Warnings.Should().ContainSingle();
    }

    private static TokenRequest Long(int length) => new() { Subject = new string('a', length) };
}
