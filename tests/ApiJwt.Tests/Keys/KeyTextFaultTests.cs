using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

/// <summary>Tests the faults of key texts that cannot be used. <see cref="Refused"/> checks that no fault repeats the text.</summary>
public class KeyTextFaultTests
{
    private const string Empty = "the text is empty. Give a PEM text.";
    private const string Neither = "the text is neither PEM nor base64. Give the key's text, not a file name: PEM, or base64 of PEM or DER.";
    private const string NotStrings = "the JSON array has an element that is not a string. Give each key as a string.";
    private const string NoKeyInArray = "the JSON array is empty. Give at least one key.";
    private const string PrivateForPublic = "this is a private key where a public one belongs";
    private const string SeveralPrivate = "the text holds several private keys. Give the one that signs.";

    private static readonly string PublicPem = TestKeys.Ours.PublicKeyPem;
    private static readonly string PrivatePem = TestKeys.Ours.PrivateKeyPem;
    private static readonly string OtherPrivatePem = TestKeys.Second.PrivateKeyPem;

    private static readonly Dictionary<string, (string Text, string Fault)> FaultyPublicTexts = MakeFaultyPublicTexts();

    public static TheoryData<string> Wrappings => [.. KeyWrappings.Names];

    public static TheoryData<string> FaultyPublic => [.. FaultyPublicTexts.Keys];

    [Theory]
    [InlineData("", Empty), InlineData(" ", Empty), InlineData(" \t\r\n ", Empty), InlineData("\"\"", Empty), InlineData("''", Empty)]
    [InlineData("' \" \" '", Empty), InlineData("\uFEFF", Empty), InlineData("[\"\"]", Empty), InlineData("[\" \"]", Empty)]
    [InlineData("[]", NoKeyInArray), InlineData(" [ ] ", NoKeyInArray), InlineData("'[]'", NoKeyInArray), InlineData("W10=", NoKeyInArray)]
    [InlineData("[1]", NotStrings), InlineData("[null]", NotStrings), InlineData("[true]", NotStrings), InlineData("[{}]", NotStrings)]
    [InlineData("[[]]", NotStrings), InlineData("[[\"AAAA\"]]", NotStrings), InlineData("not a key at all!", Neither)]
    [InlineData("/run/secrets/jwt.pem", Neither), InlineData("<JWT_KEY_PUBLIC>", Neither), InlineData("${JWT_KEY_PUBLIC}", Neither)]
    public void A_text_without_a_key_is_refused_in_both_settings(string text, string fault)
    {
        Refused.AsPublic(text).Should().Contain(fault);
        Refused.AsPrivate(text).Should().Contain(fault);
    }

    [Theory]
    [InlineData("["), InlineData("[\""), InlineData("['a']"), InlineData("[\"a\",]"), InlineData("[\"a\"] and more"), InlineData("[\"\\ud800\"]")]
    public void An_array_that_is_not_JSON_is_refused(string text) =>
        Refused.AllAsPublic(text).Should().Contain(fault => fault.Contains("begins with '[' but is not a JSON array of strings", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(FaultyPublic))]
    public void A_faulty_public_key_text_is_refused_with_a_reason(string text) =>
        Refused.AsPublic(FaultyPublicTexts[text].Text).Should().Contain(FaultyPublicTexts[text].Fault);

    [Fact]
    public void A_complete_key_after_an_incomplete_one_is_refused() =>
        Refused.AllAsPublic(PublicPem[..200] + "\n" + TestKeys.Second.PublicKeyPem).Should().NotBeEmpty();

    [Fact]
    public void The_fault_of_the_only_key_of_a_text_names_no_position() =>
        Refused.AsPublic(PrivatePem).Should().Contain($"ApiJwtOptions.PublicKeys[0]: {PrivateForPublic}");

    [Theory]
    [MemberData(nameof(Wrappings))]
    public void A_private_key_in_the_setting_for_public_keys_is_refused_in_every_wrapping(string wrapping)
    {
        foreach (string pem in KeyForms.Private.Values)
        {
            Refused.AsPublic(KeyWrappings.Wrap(pem, wrapping)).Should()
                .Contain(PrivateForPublic)
                .And.Contain("replace the pair if others could read this setting")
                .And.Contain("openssl pkey -in key.pem -pubout");
        }
    }

    [Fact]
    public void A_public_key_in_the_setting_for_the_private_key_is_refused_in_every_form()
    {
        foreach (string pem in KeyForms.Public.Values)
        {
            foreach (string text in (string[])[pem, KeyForge.Base64(pem), Convert.ToBase64String(KeyForge.DerOf(pem))])
            {
                Refused.AsPrivate(text).Should()
                    .Contain("this is a public key where the private one belongs")
                    .And.Contain("or leave the setting out of a service that only verifies");
            }
        }
    }

    [Fact]
    public void A_text_with_several_private_keys_is_refused()
    {
        string both = $"{PrivatePem}\n{OtherPrivatePem}";

        foreach (string text in (string[])[both, KeyForge.Base64(both), KeyWrappings.Json(PrivatePem, OtherPrivatePem), KeyWrappings.Json(KeyForge.Base64(PrivatePem), KeyForge.Base64(OtherPrivatePem))])
            Refused.AsPrivate(text).Should().Contain(SeveralPrivate);
    }

    [Fact]
    public void A_private_key_beside_the_public_half_of_another_is_refused() =>
        Refused.AsPrivate($"{PrivatePem}\n{TestKeys.Second.PublicKeyPem}").Should().Contain("belongs to another key. Give the private key alone.");

    [Theory]
    [MemberData(nameof(Wrappings))]
    public void The_key_pair_printed_in_the_Python_source_is_refused_in_every_wrapping(string wrapping)
    {
        using RSA key = TestKeys.RsaOf(KeyForge.PrintedPublicPem());

        foreach (string pem in (string[])[key.ExportSubjectPublicKeyInfoPem(), key.ExportRSAPublicKeyPem()])
        {
            Refused.AsPublic(KeyWrappings.Wrap(pem, wrapping)).Should().Contain(
                "this is the key pair printed in the source of the Python library api_jwt: anyone can sign with it. Make a pair of your own");
        }
    }

    [Fact]
    public void An_encrypted_private_key_is_refused_with_the_command_that_decrypts_it()
    {
        using RSA key = TestKeys.RsaOf(PrivatePem);
        string pkcs8 = key.ExportEncryptedPkcs8PrivateKeyPem("correct horse", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 1000));
        // The traditional encryption of OpenSSL adds two header lines. The base64 below them decodes to random bytes.
        string pkcs1 = KeyForge.Pem("RSA PRIVATE KEY", RandomNumberGenerator.GetBytes(1200))
            .Replace("KEY-----\n", $"KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,{RandomNumberGenerator.GetHexString(32)}\n\n", StringComparison.Ordinal);
        string[] pems = [pkcs8, pkcs1];

        foreach (string text in (string[])[.. pems, .. pems.Select(pem => pem.ReplaceLineEndings("\\n")), .. pems.Select(KeyForge.Base64), Convert.ToBase64String(KeyForge.DerOf(pkcs8))])
        {
            Refused.AsPrivate(text).Should().Contain("this is an encrypted private key. Decrypt it first: openssl pkey -in");
            Refused.AsPublic(text).Should().Contain("this is an encrypted private key");
        }
    }

    [Theory]
    [InlineData("ssh-rsa"), InlineData("ssh-ed25519")]
    public void An_OpenSSH_public_key_is_refused_with_the_command_that_converts_it(string kind)
    {
        string text = $"{kind} {Convert.ToBase64String(RandomNumberGenerator.GetBytes(279))} ann@host";

        foreach (string form in (string[])[text, $" \"{text}\"\n", KeyForge.Base64(text), KeyWrappings.Json(text)])
            Refused.AsPublic(form).Should().Contain("this is an OpenSSH public key. Convert it with: ssh-keygen -e -m PKCS8");
    }

    [Fact]
    public void An_OpenSSH_private_key_is_refused_with_the_command_that_converts_it()
    {
        string text = KeyForge.Pem("OPENSSH PRIVATE KEY", [.. "openssh-key-v1\0"u8, .. RandomNumberGenerator.GetBytes(1000)]);

        foreach (string form in (string[])[text, text.ReplaceLineEndings("\\n"), KeyForge.Base64(text)])
        {
            Refused.AsPrivate(form).Should().Contain("this is an OpenSSH private key. Convert it with: ssh-keygen -p -m PEM");
            Refused.AsPublic(form).Should().Contain("this is an OpenSSH private key");
        }
    }

    [Fact]
    public void A_JSON_Web_Key_or_a_set_of_them_is_refused()
    {
        using RSA key = TestKeys.RsaOf(PublicPem);
        string jwk = $$"""{"kty":"RSA","n":"{{Base64Url.EncodeToString(key.ExportParameters(false).Modulus)}}","e":"AQAB"}""";

        foreach (string form in (string[])[jwk, $$"""{"keys":[{{jwk}}]}""", $" '{jwk}' ", KeyForge.Base64(jwk)])
        {
            Refused.AsPublic(form).Should().Contain("JSON Web Keys are not accepted: give the key as PEM");
            Refused.AsPrivate(form).Should().Contain("JSON Web Keys are not accepted: give the key as PEM");
        }
    }

    [Fact]
    public void All_faulty_keys_are_named_at_once_with_setting_and_position()
    {
        using var elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        KeyFormatException exception = Refused.By(new ApiJwtOptions
        {
            PrivateKey = PublicPem,
            PublicKeys = { PublicPem, elliptic.ExportSubjectPublicKeyInfoPem(), "", TestKeys.Second.PublicKeyPem, "not a key", null!, PrivatePem },
        });

        exception.Faults.Should().SatisfyRespectively(
            fault => fault.Should().StartWith("ApiJwtOptions.PrivateKey: this is a public key"),
            fault => fault.Should().StartWith("ApiJwtOptions.PublicKeys[1]: this is an EC key"),
            fault => fault.Should().Be($"ApiJwtOptions.PublicKeys[2]: {Empty}"),
            fault => fault.Should().StartWith("ApiJwtOptions.PublicKeys[4]: the text is neither"),
            fault => fault.Should().Be($"ApiJwtOptions.PublicKeys[5]: {Empty}"),
            fault => fault.Should().StartWith("ApiJwtOptions.PublicKeys[6]: this is a private key"));
        exception.Message.Should().StartWith("6 keys cannot be used:").And.ContainAll(exception.Faults);
    }

    [Fact]
    public void Several_faults_of_one_text_are_named_with_their_positions() =>
        Refused.AllAsPublic(KeyWrappings.Json(PrivatePem, PublicPem, "not a key")).Should().SatisfyRespectively(
            fault => fault.Should().Contain("entry 3 of the array: the text is neither PEM nor base64"),
            fault => fault.Should().Contain("entry 1 of the array: this is a private key"));

    [Fact]
    public void A_single_fault_is_the_whole_message()
    {
        KeyFormatException exception = Refused.By(new ApiJwtOptions { PublicKeys = { "" } });

        exception.Message.Should().Be($"ApiJwtOptions.PublicKeys[0]: {Empty}");
        exception.Faults.Should().Equal(exception.Message);
        exception.Should().BeAssignableTo<ApiJwtException>();
    }

    private static Dictionary<string, (string Text, string Fault)> MakeFaultyPublicTexts()
    {
        const string Damaged = "the PEM text is damaged";
        string[] lines = PublicPem.Split('\n');
        lines[2] = lines[2][..10] + "*" + lines[2][11..];
        byte[] der = KeyForge.DerOf(PublicPem);
        string padded = Convert.ToBase64String([.. der, .. new byte[(4 - (der.Length % 3)) % 3]]);
        var texts = new Dictionary<string, (string, string)>
        {
            ["a private key after its public half"] = ($"{PublicPem}\n{PrivatePem}", $"ApiJwtOptions.PublicKeys[0]: block 2: {PrivateForPublic}"),
            ["a private key after its certificate"] = ($"{KeyForms.Public["certificate"]}\n{PrivatePem}", $"block 2: {PrivateForPublic}"),
            ["a private key under the label of a public one"] = (KeyForge.Pem("PUBLIC KEY", KeyForge.DerOf(PrivatePem)), PrivateForPublic),
            ["a file name in the second entry of an array"] = (KeyWrappings.Json(PublicPem, "keys/public.pem"), "ApiJwtOptions.PublicKeys[0]: entry 2 of the array: the text is neither PEM nor base64"),
            ["a number after a good key in an array"] = ($"[{JsonSerializer.Serialize(PublicPem)}, 7]", NotStrings),
            ["a PEM text whose lines are not base64"] = (string.Join('\n', lines), $"{Damaged}: a block is cut off, or its lines are not base64."),
            ["a PEM text whose labels differ"] = (PublicPem.Replace("END PUBLIC", "END RSA PUBLIC", StringComparison.Ordinal), Damaged),
            ["the end of a block before a whole one"] = ($"-----END CERTIFICATE-----\n{PublicPem}", Damaged),
            ["base64 without its padding"] = (padded.TrimEnd('=') + "A", Neither),
            ["base64 in the URL alphabet"] = ("-_" + padded, Neither),
        };
        foreach (int length in (int[])[30, 200, PublicPem.Length - 5, PublicPem.Length - 28])
        {
            texts[$"the first {length} characters of a PEM text"] = (PublicPem[..length], $"{Damaged}: a block is cut off");
            texts[$"the first {length} characters with literal \\n"] = (PublicPem[..length].ReplaceLineEndings("\\n"), Damaged);
            texts[$"the first {length} characters as base64"] = (KeyForge.Base64(PublicPem[..length]), Damaged);
        }

        return texts;
    }
}
