using System.Security.Cryptography;

namespace Hudya.Tests.Tool;

public sealed class A_key_is_shown_with_what_is_wrong_with_it : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    public static TheoryData<string, string> Forms { get; } = new()
    {
        { TestKeys.Ours.PublicKeyPem, "RSA public key" },
        { TestKeys.Ours.PublicKeyForEnvironment, "RSA public key" },
        { TestKeys.Ours.PrivateKeyPem, "RSA private key" },
        { TestKeys.Ours.PrivateKeyForEnvironment, "RSA private key" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Kind_length_and_key_id_are_shown_of_a_file_a_text_and_a_pipe(string key, string kind)
    {
        _work.Write("key", key);
        ToolAnswer[] answers = [await _work.RunAsync("keys", "show", "key"), await _work.RunAsync("keys", "show", key), await _work.PipeAsync(key, "keys", "show", "-")];

        foreach (ToolAnswer answer in answers)
        {
            answer.ExitCode.Should().Be(0, answer.Errors);
            answer.Fact("kind").Should().Be($"{kind}, 2048 bits");
            answer.Fact("key id").Should().Be(TestKeys.Ours.KeyId);
        }
    }

    [Fact]
    public async Task A_file_may_be_DER_or_the_UTF_16_of_a_shell()
    {
        using RSA rsa = TestKeys.RsaOf(TestKeys.Ours.PublicKeyPem);
        await File.WriteAllBytesAsync(_work.PathOf("public.der"), rsa.ExportSubjectPublicKeyInfo(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_work.PathOf("utf16.pem"), TestKeys.Ours.PublicKeyPem, System.Text.Encoding.Unicode, TestContext.Current.CancellationToken);

        (await _work.RunAsync("keys", "show", "public.der")).Fact("key id").Should().Be(TestKeys.Ours.KeyId);
        (await _work.RunAsync("keys", "show", "utf16.pem")).Fact("key id").Should().Be(TestKeys.Ours.KeyId);
    }

    [Fact]
    public async Task Several_keys_in_one_text_are_all_shown()
    {
        ToolAnswer answer = await _work.PipeAsync($"{TestKeys.Ours.PublicKeyPem}\n{TestKeys.Second.PublicKeyPem}", "keys", "show", "-", "--json");

        answer.Json["keys"]!.AsArray().Select(key => (string?)key!["keyId"]).Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        answer.Json["keys"]![0]!["bits"]!.GetValue<int>().Should().Be(2048);
        answer.Json["faults"]!.AsArray().Should().BeEmpty();
    }

    public static TheoryData<string, string> Faults { get; } = new()
    {
        { EllipticCurveKey(), "this is an EC key." },
        { Short(), "the key has 1024 bits." },
        { "ssh-rsa AAAA", "this is an OpenSSH public key." },
        { "no key at all, but long enough to be looked at", "the text is neither PEM nor base64." },
        { $"{TestKeys.Ours.PrivateKeyPem}\n{TestKeys.Second.PrivateKeyPem}", "the text holds several private keys." },
        { $"{TestKeys.Ours.PublicKeyPem}\n{EllipticCurveKey()}", "block 2: this is an EC key." },
        { "", "the text is empty." },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_is_wrong_is_said_once_in_the_words_of_the_library(string key, string fault)
    {
        ToolAnswer answer = await _work.PipeAsync(key, "keys", "show", "-");
        ToolAnswer forScripts = await _work.PipeAsync(key, "keys", "show", "-", "--json");

        answer.ExitCode.Should().Be(1);
        answer.Fact("cannot be used").Should().StartWith(fault);
        answer.Errors.Should().BeEmpty();
        forScripts.ExitCode.Should().Be(1);
        forScripts.Json["faults"]!.AsArray().Should().ContainSingle().Which!.GetValue<string>().Should().StartWith(fault);
    }

    [Fact]
    public async Task Nothing_of_a_private_key_is_shown()
    {
        ToolAnswer answer = await _work.RunAsync("keys", "show", TestKeys.Ours.PrivateKeyPem);

        foreach (string line in TestKeys.Ours.PrivateKeyPem.Split('\n'))
            (answer.Output + answer.Errors).Should().NotContain(line);
    }

    [Fact]
    public async Task A_private_key_that_others_can_read_is_pointed_out()
    {
        _work.Write("private.pem", TestKeys.Ours.PrivateKeyPem);
        _work.SetMode("private.pem", UnixFileMode.UserRead | UnixFileMode.GroupRead);

        (await _work.RunAsync("keys", "show", "private.pem")).Errors.Should().Contain("chmod 600 private.pem");
    }

    private static string EllipticCurveKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportSubjectPublicKeyInfoPem();
    }

    private static string Short()
    {
        using var key = RSA.Create(1024);
        return key.ExportSubjectPublicKeyInfoPem();
    }
}
