using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class Several_audiences_can_be_accepted
{
    private const string None = "\"level\":\"1.0\"";

    public static TheoryData<string?, string[], bool, string, TokenFailure> Table => new()
    {
        { "orders", ["bills"], true, "\"aud\":\"orders\"", TokenFailure.None },
        { "orders", ["bills"], true, "\"aud\":\"bills\"", TokenFailure.None },
        { "orders", ["bills"], true, "\"aud\":[\"other\",\"bills\"]", TokenFailure.None },
        { "orders", ["bills"], true, "\"aud\":\"other\"", TokenFailure.InvalidAudience },
        { "orders", ["bills"], true, "\"aud\":[]", TokenFailure.InvalidAudience },
        { "orders", ["bills"], true, None, TokenFailure.InvalidAudience },
        { null, ["bills", "orders"], true, "\"aud\":\"orders\"", TokenFailure.None },
        { null, ["bills"], true, "\"aud\":\"orders\"", TokenFailure.InvalidAudience },
        { null, ["bills"], true, "\"aud\":\"Bills\"", TokenFailure.InvalidAudience },
        { null, ["bills"], true, None, TokenFailure.InvalidAudience },
        { null, ["bills"], false, None, TokenFailure.None },
        { "orders", [], false, None, TokenFailure.None },
        { "orders", [], false, "\"aud\":\"orders\"", TokenFailure.None },
        { "orders", [], false, "\"aud\":\"other\"", TokenFailure.InvalidAudience },
        { "orders", [], false, "\"aud\":[]", TokenFailure.InvalidAudience },
        { "orders", [], false, "\"aud\":\"\"", TokenFailure.InvalidAudience },
        { "orders", [], false, "\"aud\":null", TokenFailure.InvalidAudience },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void And_a_token_without_one_where_none_is_required(string? audience, string[] accepted, bool isRequired, string members, TokenFailure expected)
    {
        var service = new PlainJwt(Options(audience, accepted, isRequired));

        service.Decode(Reading.TokenWith(members)).Failure.Should().Be(expected);
    }

    [Fact]
    public void And_only_one_of_them_is_written()
    {
        Wire.TextOf(new PlainJwt(Options("orders", ["bills"], true)).Encode(new TokenRequest { Subject = "ann" }), "aud").Should().Be("orders");
        Wire.TextOf(new PlainJwt(Options(null, ["bills"], false)).Encode(new TokenRequest { Subject = "ann" }), "aud").Should().BeNull();
    }

    internal static ApiJwtOptions Options(string? audience, string[] accepted, bool isRequired)
    {
        var options = new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, Audience = audience, RequireAudience = isRequired };
        foreach (string more in accepted)
            options.AcceptedAudiences.Add(more);
        return options;
    }
}
