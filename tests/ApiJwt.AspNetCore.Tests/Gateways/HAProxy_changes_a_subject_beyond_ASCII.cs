using System.Text;

namespace Hudya.Tests.AspNetCore.Gateways;

/// <summary>This is why GATEWAY.md says to pass on the token instead of its claims.</summary>
public class HAProxy_changes_a_subject_beyond_ASCII(Backend backend) : IClassFixture<Backend>
{
    private static readonly GatewaySetup WithSubject = GatewaySetup.HAProxy.Changed(
        "HAProxy with a subject header", text => text.Replace("\nbackend api", GatewaySetup.Read("haproxy-subject.cfg") + "\nbackend api", StringComparison.Ordinal));

    [Fact]
    public async Task HAProxy_changes_a_subject_outside_ASCII_in_a_header_that_it_adds()
    {
        await using Gateway haproxy = await Gateway.StartAsync(WithSubject, backend, TestKeys.Ours);

        (await HeaderAsync(haproxy, "ann@example.com")).Should().Be("ann@example.com");
        (await HeaderAsync(haproxy, "Åse")).Should().Be("\\C5se", "HAProxy writes Latin-1 instead of UTF-8");
        (await HeaderAsync(haproxy, "李雷")).Should().BeEmpty();
        (await HeaderAsync(haproxy, "мир")).Should().BeEmpty("different subjects then have the same header");
    }

    /// <summary>The bytes of the header. Those outside ASCII are written in hexadecimal.</summary>
    private static async Task<string> HeaderAsync(Gateway haproxy, string subject)
    {
        GatewayAnswer answer = await haproxy.AskAsync(GatewayTokens.Issue(subject: subject, scopes: "support:mobile"));
        var bytes = new StringBuilder();
        foreach (char one in answer.Seen["X-Subject"])
            bytes.Append(char.IsAscii(one) ? $"{one}" : $"\\{(int)one:X2}");
        return bytes.ToString();
    }
}
