using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class An_extra_can_be_true_or_false
{
    [Theory]
    [InlineData(true, "True")]
    [InlineData(false, "False")]
    public void As_Python_writes_it(bool value, string wire)
    {
        PlainJwt jwt = Service(Extra.Boolean("vip"));

        string token = jwt.Encode(With(value));

        Wire.TextOf(token, "vip").Should().Be(wire);
        jwt.Decode(token).Payload!.GetBoolean("vip").Should().Be(value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(true)]
    [InlineData(false)]
    public void With_or_without_a_default(bool? defaultValue)
    {
        PlainJwt jwt = Service(Extra.Boolean("vip", defaultValue));

        jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann" })).Payload!.GetBoolean("vip").Should().Be(defaultValue);
        jwt.Decode(jwt.Encode(With(true))).Payload!.GetBoolean("vip").Should().BeTrue();
    }

    [Fact]
    public void And_nothing_else()
    {
        foreach (ClaimValue other in (ClaimValue[])["True", 1, 1.0, new[] { "True" }])
            Refusal.Of(Service(Extra.Boolean("vip")), With(other)).Message.Should().Contain("Claim 'vip' takes true or false");
        foreach (Extra other in (Extra[])[Extra.Text("vip"), Extra.Integer("vip"), Extra.Number("vip"), Extra.TextList("vip")])
            Refusal.Of(Service(other), With(true)).Claim.Should().Be("vip");
    }

    [Fact]
    public void And_its_default_can_be_changed()
    {
        PlainJwt jwt = new(TestKeys.Issuing, policy =>
        {
            policy.AllowExtra(Extra.Boolean("vip", true));
            policy.SetDefault("vip", false);
        });

        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann" }), "vip").Should().Be("False");
    }

    private static PlainJwt Service(Extra extra) => new(TestKeys.Issuing, policy => policy.AllowExtra(extra));

    private static TokenRequest With(ClaimValue value) => new() { Subject = "ann", Extras = new Dictionary<string, ClaimValue> { ["vip"] = value } };
}
