using Hudya.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Keys;

public sealed class A_bad_key_file_changes_nothing : IDisposable
{
    private readonly KeyFolder _folder = new();
    private readonly FakeTimeProvider _clock = Clock.Standing();
    private readonly RecordingLogger _logger = new();
    private readonly string _path;
    private readonly PlainJwt _jwt;

    public A_bad_key_file_changes_nothing()
    {
        _path = _folder.Write("private.pem", TestKeys.Ours.PrivateKeyPem);
        string publicPath = _folder.Write("public.pem", TestKeys.Second.PublicKeyPem);
        _jwt = new PlainJwt(new ApiJwtOptions { PrivateKeyFile = _path, PublicKeyFiles = { publicPath }, TimeProvider = _clock }, logger: _logger);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("half of it", "the PEM text is damaged")]
    [InlineData("nothing", "the file is empty")]
    [InlineData("rubbish", "the text is neither PEM nor base64")]
    [InlineData("a public key", "this is a public key where the private one belongs")]
    public void Whatever_stands_in_it(string what, string fault)
    {
        _folder.Write("private.pem", what switch
        {
            "half of it" => TestKeys.Ours.PrivateKeyPem[..800],
            "nothing" => "",
            "rubbish" => "rubbish!",
            _ => TestKeys.Ours.PublicKeyPem,
        });
        Look(times: 2);

        ShouldWorkAsBefore();
        _jwt.Keys.FileStatus!.Fault.Should().StartWith($"ApiJwtOptions.PrivateKeyFile ({_path}): {fault}");
        _jwt.Keys.FileStatus.LastRead.Should().Be(DateTimeOffset.FromUnixTimeSeconds(Clock.Start));
    }

    [Fact]
    public void Nor_one_that_is_gone()
    {
        File.Delete(_path);
        Look(times: 2);

        ShouldWorkAsBefore();
        _jwt.Keys.FileStatus!.Fault.Should().Be($"ApiJwtOptions.PrivateKeyFile ({_path}): there is no such file. Correct the path, or mount the file.");
    }

    [Fact]
    public void Nor_does_a_good_one_beside_it()
    {
        _folder.Write("private.pem", "rubbish");
        _folder.Write("public.pem", TestKeys.Foreign.PublicKeyPem);
        Look(times: 2);

        ShouldWorkAsBefore();
    }

    [Fact]
    public void One_that_is_bad_for_a_moment_is_not_worth_a_line()
    {
        _folder.Write("private.pem", TestKeys.Second.PrivateKeyPem[..800]);
        Look(times: 1);
        _folder.Write("private.pem", TestKeys.Second.PrivateKeyPem);
        Look(times: 2);

        _jwt.Keys.SigningKeyId.Should().Be(TestKeys.Second.KeyId);
        _logger.Entries.Select(entry => entry.Event.Id).Should().Equal([4], "the keys were changed, and nothing else is to be said");
        _jwt.Keys.FileStatus!.Fault.Should().BeNull();
    }

    [Fact]
    public void It_is_logged_once_and_once_more_when_it_can_be_used_again()
    {
        _folder.Write("private.pem", "rubbish");
        Look(times: 10);
        _folder.Write("private.pem", "other rubbish");
        Look(times: 10);
        _folder.Write("private.pem", TestKeys.Ours.PrivateKeyPem);
        Look(times: 10);

        _logger.Entries.Select(entry => (entry.Event.Id, entry.Event.Name, entry.Level)).Should().Equal(
            (11, "KeyFilesRefused", LogLevel.Error), (12, "KeyFilesUsable", LogLevel.Information));
        _logger.Entries[0].Text.Should().Contain(_path);
        _jwt.Keys.FileStatus!.Fault.Should().BeNull();
    }

    [Fact]
    public void Nothing_of_it_is_repeated()
    {
        string text = TestKeys.Foreign.PrivateKeyPem[..800];
        _folder.Write("private.pem", text);
        Look(times: 2);

        string said = string.Join('\n', _logger.Entries.Select(entry => entry.Text)) + _jwt.Keys.FileStatus!.Fault;
        Refused.Repeats_nothing_of(text, new InvalidOperationException(said));
    }

    private void Look(int times)
    {
        for (int i = 0; i < times; i++)
            _clock.Advance(TimeSpan.FromSeconds(2));
    }

    private void ShouldWorkAsBefore()
    {
        _jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        _jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        _jwt.Decode(_jwt.Encode(new TokenRequest { Subject = "ann" })).IsValid.Should().BeTrue();
    }
}
