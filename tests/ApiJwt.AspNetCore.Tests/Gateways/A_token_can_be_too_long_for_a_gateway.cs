namespace Hudya.Tests.AspNetCore.Gateways;

/// <summary>Tests the default limits of the gateways, which GATEWAY.md lists.</summary>
public class A_token_can_be_too_long_for_a_gateway(Backend backend) : IClassFixture<Backend>
{
    [Theory]
    [InlineData("HAProxy", true), InlineData("Apache with key files", false), InlineData("nginx with njs", false)]
    public async Task Every_gateway_accepts_7000_characters_and_some_refuse_8300(string name, bool takesLonger)
    {
        await using Gateway gateway = await Gateway.StartAsync(GatewaySetup.Named(name), backend, TestKeys.Ours);

        (await gateway.AskAsync(OfLength(7000))).Status.Should().Be(HttpStatusCode.OK);
        ((await gateway.AskAsync(OfLength(8300))).Status == HttpStatusCode.OK).Should().Be(takesLonger);
    }

    private static string OfLength(int length)
    {
        int others = Token(subject: 1).Length;
        // Four characters of a token are three of its payload.
        return Token(subject: 1 + ((length - others) * 3 / 4));

        static string Token(int subject) => GatewayTokens.Issue(subject: new string('a', subject), scopes: "support:mobile");
    }
}
