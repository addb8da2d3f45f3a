namespace Hudya.Tests.AspNetCore.Gateways;

/// <summary>Runs the installed HAProxy, Apache httpd and nginx with the configuration of GATEWAY.md.</summary>
public class A_gateway_lets_good_tokens_through(Backend backend) : IClassFixture<Backend>
{
    [Theory]
    [MemberData(nameof(GatewaySetup.Names), MemberType = typeof(GatewaySetup))]
    public async Task A_gateway_passes_good_tokens_on_and_refuses_all_others(string name)
    {
        await using Gateway gateway = await Gateway.StartAsync(GatewaySetup.Named(name), backend, TestKeys.Ours);

        var answers = new List<string>();
        foreach ((string token, string? text, _) in GatewayTokens.Cases)
        {
            GatewayAnswer answer = await gateway.AskAsync(text);
            answers.Add($"{token} {(int)answer.Status}");
            if (answer.Status == HttpStatusCode.OK)
            {
                answer.Seen["Authorization"].Should().Be($"Bearer {text}", "the API needs the token to verify it again");
                answer.Seen.Values.Should().NotContain("ann", "the gateway passes no claim on in a header");
            }

            if (answer.Status == HttpStatusCode.Unauthorized)
                answer.Challenge.Should().Be("Bearer");
        }

        answers.Should().Equal(GatewayTokens.Cases.Select(one => $"{one.Name} {(int)one.Answer}"));
    }

    [Theory]
    [MemberData(nameof(GatewaySetup.Names), MemberType = typeof(GatewaySetup))]
    public async Task A_gateway_accepts_the_tokens_of_both_keys_during_a_rotation(string name)
    {
        string before = GatewayTokens.Issue(TestKeys.Ours, scopes: "support:mobile");
        string after = GatewayTokens.Issue(TestKeys.Second, scopes: "support:mobile");
        var answers = new List<string>();

        foreach ((string keys, RsaKeyPair key, RsaKeyPair? next) in new[] { ("the old key", TestKeys.Ours, null), ("both keys", TestKeys.Ours, TestKeys.Second), ("the new key", TestKeys.Second, null) })
        {
            await using Gateway gateway = await Gateway.StartAsync(GatewaySetup.Named(name), backend, key, next);
            answers.Add($"with {keys} {(int)(await gateway.AskAsync(before)).Status} and {(int)(await gateway.AskAsync(after)).Status}");
        }

        answers.Should().Equal("with the old key 200 and 401", "with both keys 200 and 200", "with the new key 401 and 200");
    }
}
