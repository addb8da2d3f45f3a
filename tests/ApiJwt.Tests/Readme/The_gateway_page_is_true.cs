using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Hudya.Tests.Readme;

/// <summary>The tests of ApiJwt.AspNetCore run the gateways with the files on the page. Kong is not run, so its settings are compared with a token.</summary>
public partial class The_gateway_page_is_true
{
    private static readonly Page Gateways = Page.At("src/ApiJwt/docs/GATEWAY.md");

    private static readonly IReadOnlyList<string> Settings = Gateways.BlocksOf("yaml");

    private static readonly string Token = new HudyaJwt(TestKeys.Issuing).Encode(new TokenRequest { Subject = "ann", Key = "support" });

    [Theory]
    [InlineData("haproxy", "haproxy.cfg", "haproxy-subject.cfg")]
    [InlineData("apache", "apache.conf", "apache-key-set.conf")]
    [InlineData("js", "nginx.js")]
    [InlineData("nginx", "nginx.conf")]
    public void A_configuration_on_the_page_is_a_file_that_a_gateway_is_tested_with(string language, params string[] files) =>
        Gateways.BlocksOf(language).Should().Equal(files.Select(file => Repository.Read("tests", "ApiJwt.AspNetCore.Tests", "Gateways", file)));

    [Fact]
    public void Kong_finds_the_credential_by_the_issuer_of_a_token()
    {
        Setting(Settings[0], "key_claim_name").Should().Be("iss");
        Setting(Settings[0], "key").Should().Be(Wire.TextOf(Token, "iss"));
    }

    [Fact]
    public void Kong_finds_the_credential_by_the_key_id_in_the_header()
    {
        Setting(Settings[1], "key_claim_name").Should().Be("kid");
        Setting(Settings[1], "key").Should().Contain("RsaKeyPair.KeyId").And.Contain("Keys.SigningKeyId");
        JsonNode.Parse(Wire.HeaderOf(Token))!["kid"]!.GetValue<string>().Should().Be(TestKeys.Ours.KeyId);
        new HudyaJwt(TestKeys.Issuing).Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        Wire.ClaimsOf(Token).ContainsKey("kid").Should().BeFalse("Kong looks in the payload first");
    }

    [Fact]
    public void The_claim_that_Kong_verifies_is_a_number()
    {
        Each("claims_to_verify").Should().AllBe("[exp]");
        Wire.ClaimsOf(Token)["exp"]!.GetValueKind().Should().Be(JsonValueKind.Number);
        Wire.ClaimsOf(Token).ContainsKey("nbf").Should().BeFalse("Kong would require it to be a number if the settings named it");
    }

    [Fact]
    public void The_algorithm_in_the_settings_of_Kong_is_that_of_a_token() =>
        Each("algorithm").Should().AllBe(JsonNode.Parse(Wire.HeaderOf(Token))!["alg"]!.GetValue<string>());

    [Fact]
    public void The_public_key_in_the_settings_of_Kong_is_PEM()
    {
        string[] pem = TestKeys.Ours.PublicKeyPem.Trim().Split('\n');

        foreach (string settings in Settings)
        {
            string[] shown = [.. settings[settings.IndexOf("rsa_public_key: |", StringComparison.Ordinal)..].Trim().Split('\n').Skip(1).Select(line => line.Trim())];
            shown.Should().HaveCount(3);
            (shown[0], shown[2]).Should().Be((pem[0].Trim(), pem[^1].Trim()));
        }
    }

    [Fact]
    public void The_settings_of_Kong_take_no_token_from_an_address() => Each("uri_param_names").Should().AllBe("[]");

    private static IEnumerable<string> Each(string name) => Settings.Select(settings => Setting(settings, name));

    private static string Setting(string settings, string name) =>
        Pair().Matches(settings).Single(match => match.Groups["name"].Value == name).Groups["value"].Value;

    [GeneratedRegex(@"^[ -]*(?<name>\w+): (?<value>.+)$", RegexOptions.Multiline)]
    private static partial Regex Pair();
}
