using System.Text.RegularExpressions;
using Hudya.Tests.Interop;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public partial class A_file_that_only_contains_a_key_is_named_with_the_command_that_extracts_it
{
    private static readonly Dictionary<string, Container> Containers = new()
    {
        ["PKCS#12"] = new("this is a PKCS#12 file (.pfx, .p12).", "PKCS12", Certificates.Pfx(TestKeys.Ours), "-passin pass:"),
        ["PKCS#7"] = new("this is a PKCS#7 bundle of certificates (.p7b).", "PKCS7", Certificates.Bundle(TestKeys.Ours)),
        ["PKCS#10"] = new("this is a certificate request (.csr).", "CERTIFICATE REQUEST", Certificates.Request(TestKeys.Ours)),
    };

    public static TheoryData<string> Kinds => [.. Containers.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void In_both_settings_and_every_wrapping(string kind)
    {
        Container container = Containers[kind];
        foreach (string text in (string[])[Convert.ToBase64String(container.Der), KeyForge.Pem(container.Label, container.Der), KeyForge.Base64(KeyForge.Pem(container.Label, container.Der))])
        {
            Refused.AsPublic(text).Should().Contain(container.Name).And.Contain("openssl ");
            Refused.AsPrivate(text).Should().Contain(container.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task And_the_command_works(string kind)
    {
        Container container = Containers[kind];
        DirectoryInfo folder = Directory.CreateTempSubdirectory("apijwt-keys-");
        try
        {
            string message = Refused.AsPublic(Convert.ToBase64String(container.Der));
            string[] commands = [.. Command().Matches(message).Select(match => match.Value)];
            commands.Should().NotBeEmpty();
            foreach (string command in commands)
            {
                string[] words = command.Split(' ');
                string file = words[Array.IndexOf(words, "-in") + 1];
                await File.WriteAllBytesAsync(Path.Combine(folder.FullName, file), container.Der, TestContext.Current.CancellationToken);
                string der = message.Contains("-inform DER", StringComparison.Ordinal) ? "-inform DER" : "";

                (int exitCode, string output, string errors) = await ForeignTool.RunAsync("bash", ["-c", $"{command} {der} {container.More}"], folder: folder.FullName);
                Assert.SkipUnless(exitCode != 127, "openssl is not installed.");

                exitCode.Should().Be(0, errors);
                int named = Array.IndexOf(words, "-out");
                string key = named < 0 ? output : await File.ReadAllTextAsync(Path.Combine(folder.FullName, words[named + 1]), TestContext.Current.CancellationToken);
                var options = new ApiJwtOptions();
                if (key.Contains("PRIVATE", StringComparison.Ordinal))
                    options.PrivateKey = key;
                else
                    options.PublicKeys.Add(key);
                new PlainJwt(options).Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"openssl .*?(?=\. |\.$|$)")]
    private static partial Regex Command();

    private sealed record Container(string Name, string Label, byte[] Der, string More = "");
}
