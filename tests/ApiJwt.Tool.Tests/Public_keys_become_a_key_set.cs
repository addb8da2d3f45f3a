namespace Hudya.Tests.Tool;

public sealed class Public_keys_become_a_key_set : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task It_is_the_one_that_the_auth_service_would_publish()
    {
        _work.Write("one.pem", TestKeys.Ours.PublicKeyPem);
        _work.Write("two.pem", TestKeys.Second.PublicKeyPem);

        ToolAnswer answer = await _work.RunAsync("jwks", "one.pem", "two.pem");

        answer.ExitCode.Should().Be(0, answer.Errors);
        var published = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem, TestKeys.Second.PublicKeyPem } });
        answer.Output.Should().Be(published.Keys.ToJwks() + "\n");
    }

    [Fact]
    public async Task A_private_key_is_refused_by_the_name_of_its_file_and_nothing_is_printed()
    {
        _work.Write("public.pem", TestKeys.Ours.PublicKeyPem);
        _work.Write("private.pem", TestKeys.Ours.PrivateKeyPem);

        ToolAnswer answer = await _work.RunAsync("jwks", "public.pem", "private.pem");

        answer.ExitCode.Should().Be(2);
        answer.Output.Should().BeEmpty();
        answer.Errors.Should().StartWith("private.pem: this is a private key where a public one belongs.");
    }
}
