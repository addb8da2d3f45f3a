using System.Security.Cryptography;

namespace Hudya.Tests.Tool;

/// <summary>Tests the commands <c>apijwt keys new</c>, <c>apijwt keys show</c> and <c>apijwt jwks</c>.</summary>
public sealed class KeyCommandsTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_new_key_is_two_files_and_other_users_can_read_only_the_public_one()
    {
        ToolAnswer answer = await _work.RunAsync("keys", "new", "--out", "keys");

        answer.ExitCode.Should().Be(0, answer.Errors);
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKey = _work.Read("keys/private.pem") });
        new PlainJwt(new ApiJwtOptions { PublicKeys = { _work.Read("keys/public.pem") } }).Keys.KeyIds.Should().Equal(jwt.Keys.SigningKeyId);
        answer.Fact("key id").Should().Be(jwt.Keys.SigningKeyId);
        _work.ModeOf("keys/private.pem").Should().Be(OwnerOnly);
        _work.ModeOf("keys/public.pem").Should().HaveFlag(UnixFileMode.OtherRead);
    }

    [Fact]
    public async Task The_environment_form_is_one_file_that_other_users_cannot_read()
    {
        await _work.RunAsync("keys", "new", "--env");

        Dictionary<string, string> variables = _work.Read("jwt.env").Trim().Split('\n').Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        string token = new PlainJwt(new ApiJwtOptions { PrivateKey = variables["JWT_KEY_PRIVATE"] }).Encode(new TokenRequest { Subject = "ann" });
        new PlainJwt(new ApiJwtOptions { PublicKeys = { variables["JWT_KEY_PUBLIC"] } }).Decode(token).IsValid.Should().BeTrue();
        _work.ModeOf("jwt.env").Should().Be(OwnerOnly);
    }

    [Theory]
    [InlineData("keys", "new")]
    [InlineData("keys", "new", "--env")]
    public async Task A_new_private_key_is_not_printed(params string[] command)
    {
        ToolAnswer answer = await _work.RunAsync(command);

        (answer.Output + answer.Errors).Should().NotContain("PRIVATE KEY-----").And.NotContain("LS0tLS1CRUdJTiBQUklWQVRF");
    }

    [Theory]
    [InlineData("-----BEGIN PRIVATE KEY-----", "keys", "new", "--print-private-key")]
    [InlineData("JWT_KEY_PRIVATE=LS0tLS1CRUdJTiBQUklWQVRF", "keys", "new", "--env", "--print-private-key")]
    public async Task An_option_prints_a_new_private_key_instead_of_writing_a_file(string beginning, params string[] command)
    {
        ToolAnswer answer = await _work.RunAsync(command);

        answer.Output.Should().StartWith(beginning);
        Directory.GetFiles(_work.Folder).Should().BeEmpty();
    }

    [Theory]
    [InlineData("private.pem", "keys", "new")]
    [InlineData("public.pem", "keys", "new")]
    [InlineData("jwt.env", "keys", "new", "--env")]
    public async Task An_existing_file_is_replaced_only_with_force(string file, params string[] command)
    {
        _work.Write(file, "precious");

        ToolAnswer refused = await _work.RunAsync(command);
        refused.ShouldBeMistake($"*{file} already exists*--force*");
        _work.Read(file).Should().Be("precious");
        Directory.GetFiles(_work.Folder).Should().ContainSingle();

        (await _work.RunAsync([.. command, "--force"])).ExitCode.Should().Be(0);
        _work.Read(file).Should().NotBe("precious");
    }

    [Fact]
    public async Task A_replaced_file_that_other_users_could_read_becomes_private()
    {
        _work.Write("private.pem", "old");
        _work.SetMode("private.pem", OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        await _work.RunAsync("keys", "new", "--force");

        _work.ModeOf("private.pem").Should().Be(OwnerOnly);
    }

    [Fact]
    public async Task An_option_makes_a_longer_key()
    {
        await _work.RunAsync("keys", "new", "--bits", "3072");
        (await _work.RunAsync("keys", "show", "public.pem")).Fact("kind").Should().Be("RSA public key, 3072 bits");
    }

    [Fact]
    public async Task A_weak_key_is_not_made()
    {
        (await _work.RunAsync("keys", "new", "--bits", "1024")).ShouldBeMistake("*2048*");
        Directory.GetFiles(_work.Folder).Should().BeEmpty();
    }

    public static TheoryData<string, string> Forms { get; } = new()
    {
        { TestKeys.Ours.PublicKeyPem, "RSA public key" },
        { TestKeys.Ours.PublicKeyForEnvironment, "RSA public key" },
        { TestKeys.Ours.PrivateKeyPem, "RSA private key" },
        { TestKeys.Ours.PrivateKeyForEnvironment, "RSA private key" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Kind_length_and_key_id_of_a_key_are_shown_for_a_file_a_text_and_a_pipe(string key, string kind)
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
    public async Task A_key_file_can_be_DER_or_UTF_16()
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
    public async Task The_fault_of_a_key_is_shown_once_with_the_message_of_the_library(string key, string fault)
    {
        ToolAnswer answer = await _work.PipeAsync(key, "keys", "show", "-");
        ToolAnswer forScripts = await _work.PipeAsync(key, "keys", "show", "-", "--json");

        (answer.ExitCode, answer.Errors, forScripts.ExitCode).Should().Be((1, "", 1));
        answer.Fact("cannot be used").Should().StartWith(fault);
        forScripts.Json["faults"]!.AsArray().Should().ContainSingle().Which!.GetValue<string>().Should().StartWith(fault);
    }

    [Fact]
    public async Task No_part_of_a_private_key_is_shown()
    {
        ToolAnswer answer = await _work.RunAsync("keys", "show", TestKeys.Ours.PrivateKeyPem);

        foreach (string line in TestKeys.Ours.PrivateKeyPem.Split('\n'))
            (answer.Output + answer.Errors).Should().NotContain(line);
    }

    [Fact]
    public async Task A_private_key_that_other_users_can_read_causes_a_warning()
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

    [Fact]
    public async Task The_key_set_is_the_one_that_an_auth_service_publishes()
    {
        _work.Write("one.pem", TestKeys.Ours.PublicKeyPem);
        _work.Write("two.pem", TestKeys.Second.PublicKeyPem);

        ToolAnswer answer = await _work.RunAsync("jwks", "one.pem", "two.pem");

        answer.ExitCode.Should().Be(0, answer.Errors);
        var published = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem, TestKeys.Second.PublicKeyPem } });
        answer.Output.Should().Be(published.Keys.ToJwks() + "\n");
    }
}
