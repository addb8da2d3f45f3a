namespace Hudya.Tests.AspNetCore.Gateways;

/// <summary>Tests the default limits of the gateways, which GATEWAY.md lists.</summary>
public class A_token_can_be_too_long_for_a_gateway(Backend backend) : IClassFixture<Backend>
{
    public static TheoryData<string, bool> Gateways => new()
    {
        { "HAProxy", true },
        { "Apache with key files", false },
        { "nginx with njs", false },
    };

    [Theory]
    [MemberData(nameof(Gateways))]
    public async Task Every_gateway_accepts_7000_characters_and_some_refuse_8300(string name, bool takesLonger)
    {
        await using Gateway gateway = await Gateway.StartAsync(GatewaySetup.All.Single(setup => setup.Name == name), backend, TestKeys.Ours);

        (await gateway.AskAsync(OfLength(7000))).Status.Should().Be(HttpStatusCode.OK);
        ((await gateway.AskAsync(OfLength(8300))).Status == HttpStatusCode.OK).Should().Be(takesLonger);
    }

    private static string OfLength(int length)
    {
        string token = "";
        for (int subject = length * 3 / 5; token.Length < length; subject++)
            token = GatewayTokens.Issue(subject: new string('a', subject), scopes: "support:mobile");
        return token;
    }
}
