using System.Diagnostics;
using System.Text;

namespace Hudya.Tests.Keys;

public sealed class KeyFilesTests : IDisposable
{
    private static readonly Dictionary<string, Func<string, byte[]>> Encodings = new(StringComparer.Ordinal)
    {
        ["UTF-8"] = new UTF8Encoding(false).GetBytes,
        ["UTF-8 with a byte-order mark"] = pem => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(pem)],
        ["UTF-16"] = Encoding.Unicode.GetBytes,
        ["UTF-16 with a byte-order mark"] = pem => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(pem)],
        ["UTF-16, big-endian"] = Encoding.BigEndianUnicode.GetBytes,
        ["UTF-16, big-endian, with a byte-order mark"] = pem => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(pem)],
        ["DER"] = KeyForge.DerOf,
        ["base64 of PEM"] = pem => Encoding.ASCII.GetBytes(KeyForge.Base64(pem)),
        ["CRLF"] = pem => Encoding.UTF8.GetBytes(pem.ReplaceLineEndings("\r\n")),
    };

    private readonly KeyFolder _folder = new();

    public static TheoryData<string> Forms => [.. Encodings.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Forms))]
    public void Keys_are_read_from_files_in_every_form_that_editors_and_tools_write(string form)
    {
        string privateKey = _folder.Write("private.pem", Encodings[form](TestKeys.Ours.PrivateKeyPem));
        string publicKey = _folder.Write("public.pem", Encodings[form](TestKeys.Ours.PublicKeyPem));
        var issuer = new PlainJwt(new ApiJwtOptions { PrivateKeyFile = privateKey });
        var verifier = new PlainJwt(new ApiJwtOptions { PublicKeyFiles = { publicKey } });

        string token = issuer.Encode(new TokenRequest { Subject = "ann" });

        verifier.Decode(token).IsValid.Should().BeTrue();
        issuer.Decode(token).IsValid.Should().BeTrue();
    }

    [Fact]
    public void Public_keys_are_read_from_one_file_and_from_several()
    {
        string two = _folder.Write("two.pem", TestKeys.Ours.PublicKeyPem + "\n" + TestKeys.Second.PublicKeyPem);
        string one = _folder.Write("one.pem", TestKeys.Foreign.PublicKeyPem);

        new PlainJwt(new ApiJwtOptions { PublicKeyFiles = { two, one } }).Keys.KeyIds
            .Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId, TestKeys.Foreign.KeyId);
    }

    [Fact]
    public void A_private_key_file_can_be_used_with_public_keys_in_the_settings()
    {
        string path = _folder.Write("private.pem", TestKeys.Ours.PrivateKeyPem);

        new PlainJwt(new ApiJwtOptions { PrivateKeyFile = path, PublicKeys = { TestKeys.Second.PublicKeyPem } }).Keys.KeyIds
            .Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
    }

    [Fact]
    public void The_longest_file_is_read_while_another_process_writes_it()
    {
        string path = _folder.Write("public.pem", TestKeys.Ours.PublicKeyPem.PadRight(512 * 1024));
        using var writer = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);

        new PlainJwt(new ApiJwtOptions { PublicKeyFiles = { path } }).Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
    }

    [Fact]
    public void Blanks_around_a_path_are_ignored()
    {
        string path = _folder.Write("public.pem", TestKeys.Ours.PublicKeyPem);

        new PlainJwt(new ApiJwtOptions { PublicKeyFiles = { $" {path}\n" } }).Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
    }

    [Fact]
    public void All_files_that_cannot_be_used_are_named_at_once_by_setting_and_path()
    {
        string missing = _folder.PathOf("missing.pem");
        string swapped = _folder.Write("swapped.pem", TestKeys.Second.PrivateKeyPem);
        string empty = _folder.Write("empty.pem", "");
        string long_ = _folder.Write("long.pem", new byte[(512 * 1024) + 1]);
        string damaged = _folder.Write("damaged.pem", TestKeys.Ours.PublicKeyPem[..200]);
        string folder = _folder.PathOf("");

        KeyFormatException exception = Refused.By(new ApiJwtOptions { PrivateKeyFile = missing, PublicKeyFiles = { swapped, empty, long_, damaged, folder } });

        exception.Faults.Should().SatisfyRespectively(
            fault => fault.Should().Be($"ApiJwtOptions.PrivateKeyFile ({missing}): there is no such file. Correct the path, or mount the file."),
            fault => fault.Should().StartWith($"ApiJwtOptions.PublicKeyFiles[0] ({swapped}): this is a private key where a public one belongs."),
            fault => fault.Should().Be($"ApiJwtOptions.PublicKeyFiles[1] ({empty}): the file is empty, or it is a pipe or a device. Write a key into it, or give the path of a regular file."),
            fault => fault.Should().Be($"ApiJwtOptions.PublicKeyFiles[2] ({long_}): the file has more than 524288 bytes. Give only the keys."),
            fault => fault.Should().StartWith($"ApiJwtOptions.PublicKeyFiles[3] ({damaged}): the PEM text is damaged"),
            fault => fault.Should().StartWith($"ApiJwtOptions.PublicKeyFiles[4] ({folder}): this process has no permission to read it, or it is a folder."));
        Refused.Repeats_nothing_of(TestKeys.Second.PrivateKeyPem, exception);
        Refused.Repeats_nothing_of(TestKeys.Ours.PublicKeyPem, exception);
    }

    [Fact]
    public void A_pipe_is_refused_without_a_wait_for_its_writer()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no named pipes in folders.");
        string pipe = _folder.PathOf("pipe");
        using var make = Process.Start("mkfifo", [pipe]);
        make.WaitForExit();

        Refused.By(new ApiJwtOptions { PrivateKeyFile = pipe }).Message.Should().Contain("it is a pipe or a device");
    }

    /// <summary>By mistake, the setting for a path may contain a key.</summary>
    [Theory]
    [InlineData("as it is"), InlineData("as base64"), InlineData("as base64 of DER")]
    public void A_key_text_in_the_setting_for_a_path_is_not_repeated(string wrapping)
    {
        string text = KeyWrappings.Wrap(TestKeys.Ours.PrivateKeyPem, wrapping);

        KeyFormatException exception = Refused.By(new ApiJwtOptions { PrivateKeyFile = text });

        exception.Message.Should().StartWith($"ApiJwtOptions.PrivateKeyFile (a path relative to {Environment.CurrentDirectory}): ");
        Refused.Repeats_nothing_of(text, exception);
    }
}
