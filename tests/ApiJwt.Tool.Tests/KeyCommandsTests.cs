namespace Hudya.Tests.Tool;

public sealed class Keys_are_made_for_their_owner : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Two_files_are_written_of_which_others_can_read_only_the_public_one()
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
    public async Task The_environment_form_is_one_file_that_others_cannot_read()
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
    public async Task The_private_key_is_not_printed(params string[] command)
    {
        ToolAnswer answer = await _work.RunAsync(command);

        (answer.Output + answer.Errors).Should().NotContain("PRIVATE KEY-----").And.NotContain("LS0tLS1CRUdJTiBQUklWQVRF");
    }

    [Theory]
    [InlineData("-----BEGIN PRIVATE KEY-----", "keys", "new", "--print-private-key")]
    [InlineData("JWT_KEY_PRIVATE=LS0tLS1CRUdJTiBQUklWQVRF", "keys", "new", "--env", "--print-private-key")]
    public async Task It_is_printed_where_an_option_says_so_and_no_file_is_written_then(string beginning, params string[] command)
    {
        ToolAnswer answer = await _work.RunAsync(command);

        answer.Output.Should().StartWith(beginning);
        Directory.GetFiles(_work.Folder).Should().BeEmpty();
    }

    [Theory]
    [InlineData("private.pem", "keys", "new")]
    [InlineData("public.pem", "keys", "new")]
    [InlineData("jwt.env", "keys", "new", "--env")]
    public async Task A_file_that_is_there_is_replaced_only_by_force(string file, params string[] command)
    {
        _work.Write(file, "precious");

        ToolAnswer refused = await _work.RunAsync(command);
        refused.ExitCode.Should().Be(2);
        refused.Errors.Should().Contain($"{file} already exists").And.Contain("--force");
        _work.Read(file).Should().Be("precious");
        Directory.GetFiles(_work.Folder).Should().ContainSingle();

        (await _work.RunAsync([.. command, "--force"])).ExitCode.Should().Be(0);
        _work.Read(file).Should().NotBe("precious");
    }

    [Fact]
    public async Task A_replaced_file_that_others_could_read_is_closed_to_them()
    {
        _work.Write("private.pem", "old");
        _work.SetMode("private.pem", OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        await _work.RunAsync("keys", "new", "--force");

        _work.ModeOf("private.pem").Should().Be(OwnerOnly);
    }

    [Fact]
    public async Task A_longer_key_may_be_asked_for()
    {
        await _work.RunAsync("keys", "new", "--bits", "3072");

        (await _work.RunAsync("keys", "show", "public.pem")).Fact("kind").Should().Be("RSA public key, 3072 bits");
    }

    [Fact]
    public async Task A_weak_one_may_not()
    {
        ToolAnswer answer = await _work.RunAsync("keys", "new", "--bits", "1024");

        answer.ExitCode.Should().Be(2);
        answer.Errors.Should().Contain("2048");
        Directory.GetFiles(_work.Folder).Should().BeEmpty();
    }
}
