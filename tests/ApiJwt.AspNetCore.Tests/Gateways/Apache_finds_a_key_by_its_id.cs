namespace Hudya.Tests.AspNetCore.Gateways;

/// <summary>Tests how mod_auth_openidc uses the <c>kid</c> of a token. HAProxy and nginx ignore it as they are configured here.</summary>
public class Apache_finds_a_key_by_its_id(Backend backend) : IClassFixture<Backend>
{
    private static readonly string Ours = GatewayTokens.Issue(scopes: "support:mobile");

    private static readonly string OfNoKey = GatewayTokens.WithKeyId(null);

    private static readonly string OfUnknownKey = GatewayTokens.WithKeyId("unknown");

    [Theory]
    [InlineData("KEY_ID#", 200), InlineData("", 401)]
    public async Task A_key_file_verifies_tokens_without_an_id_or_with_the_id_of_the_file(string id, int ours)
    {
        GatewaySetup setup = GatewaySetup.ApacheWithKeyFiles.Changed("Apache with or without an id", text => text.Replace("KEY_ID#", id, StringComparison.Ordinal));
        await using Gateway apache = await Gateway.StartAsync(setup, backend, TestKeys.Ours);

        (await AskAsync(apache, Ours, OfNoKey, OfUnknownKey)).Should().Equal(ours, 200, 401);
    }

    [Fact]
    public async Task A_key_set_is_fetched_again_for_an_unknown_key()
    {
        string next = GatewayTokens.Issue(TestKeys.Second, scopes: "support:mobile");
        await using Gateway apache = await Gateway.StartAsync(GatewaySetup.ApacheWithKeySet, backend, TestKeys.Ours);

        (await CountAsync(() => AskAsync(apache, Ours, Ours))).Should().Be(("200, 200", 1));

        backend.Publish(TestKeys.Ours, TestKeys.Second);
        (await CountAsync(() => AskAsync(apache, Ours, next, next, Ours))).Should().Be(("200, 200, 200, 200", 1));

        backend.Publish(TestKeys.Second);
        (await CountAsync(() => AskAsync(apache, Ours))).Should().Be(("200", 0), "the cached key set still has the old key");
        (await CountAsync(() => AskAsync(apache, OfUnknownKey, OfNoKey))).Should().Be(("401, 401", 2), "each of the two tokens causes a fetch");
        (await AskAsync(apache, Ours, next)).Should().Equal(401, 200);
    }

    private static async Task<IReadOnlyList<int>> AskAsync(Gateway apache, params string[] tokens)
    {
        var answers = new List<int>();
        foreach (string token in tokens)
            answers.Add((int)(await apache.AskAsync(token)).Status);
        return answers;
    }

    private async Task<(string Answers, int Fetches)> CountAsync(Func<Task<IReadOnlyList<int>>> ask)
    {
        int before = backend.Fetches;
        IReadOnlyList<int> answers = await ask();
        return (string.Join(", ", answers), backend.Fetches - before);
    }
}
