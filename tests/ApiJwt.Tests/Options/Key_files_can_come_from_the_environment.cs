using Hudya.Tests.Support;

namespace Hudya.Tests.Options;

[Collection(nameof(WholeProcess))]
public sealed class Key_files_can_come_from_the_environment : IDisposable
{
    private const string Private = "JWT_KEY_PRIVATE_FILE";
    private const string Public = "JWT_KEY_PUBLIC_FILE";

    private readonly KeyFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_path_each()
    {
        string privatePath = _folder.Write("private.pem", TestKeys.Ours.PrivateKeyPem);
        string publicPath = _folder.Write("public.pem", TestKeys.Second.PublicKeyPem);

        var jwt = new PlainJwt(OptionsWith((Private, privatePath), (Public, publicPath)));

        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
    }

    [Fact]
    public void Or_a_JSON_array_of_paths_to_public_keys()
    {
        string first = _folder.Write("first.pem", TestKeys.Ours.PublicKeyPem);
        string second = _folder.Write("second, with a comma: and a colon.pem", TestKeys.Second.PublicKeyPem);

        new PlainJwt(OptionsWith((Public, KeyWrappings.Json(first, second)))).Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("[\"/a\"")]
    [InlineData(" [/a, /b]")]
    public void An_array_of_something_else_is_refused(string value)
    {
        FluentActions.Invoking(() => OptionsWith((Public, value))).Should().ThrowExactly<ApiJwtException>()
            .WithMessage("JWT_KEY_PUBLIC_FILE begins with '[' but is not a JSON array of paths. Give one path, or an array of them.");
    }

    [Fact]
    public void What_is_empty_is_not_set()
    {
        ApiJwtOptions options = OptionsWith((Private, ""), (Public, ""));

        options.PrivateKeyFile.Should().BeNull();
        options.PublicKeyFiles.Should().BeEmpty();
    }

    [Fact]
    public void Faults_name_the_variable()
    {
        string missing = _folder.PathOf("missing.pem");

        Refused.By(OptionsWith((Private, missing), (Public, missing))).Faults.Should().Equal(
            $"JWT_KEY_PRIVATE_FILE ({missing}): there is no such file. Correct the path, or mount the file.",
            $"JWT_KEY_PUBLIC_FILE ({missing}): there is no such file. Correct the path, or mount the file.");
        Refused.By(OptionsWith((Public, KeyWrappings.Json(missing, missing)))).Faults[1].Should().StartWith("JWT_KEY_PUBLIC_FILE[1] (");
    }

    [Fact]
    public void A_key_and_a_file_with_one_are_refused_by_both_variables()
    {
        ApiJwtOptions options = OptionsWith((Private, "/keys/private.pem"), ("JWT_KEY_PRIVATE", TestKeys.Ours.PrivateKeyPem));

        FluentActions.Invoking(() => new PlainJwt(options)).Should().ThrowExactly<ApiJwtException>()
            .WithMessage("JWT_KEY_PRIVATE and JWT_KEY_PRIVATE_FILE are both set, but only one key can sign. Leave one of them out.");
    }

    private static ApiJwtOptions OptionsWith(params (string Name, string? Value)[] variables) =>
        WholeProcess.WithEnvironment(ApiJwtOptions.FromEnvironment, variables);
}
