using Hudya.Tests.Support;

namespace Hudya.Tests.Options;

[Collection(nameof(WholeProcess))]
public sealed class EnvironmentTests : IDisposable
{
    private const string Private = "JWT_KEY_PRIVATE";
    private const string Public = "JWT_KEY_PUBLIC";
    private const string TimeToLive = "JWT_TOKEN_TTL";
    private const string PrivateFile = "JWT_KEY_PRIVATE_FILE";
    private const string PublicFile = "JWT_KEY_PUBLIC_FILE";

    private readonly KeyFolder _folder = new();

    [Fact]
    public void The_variables_of_the_Python_library_are_read()
    {
        ApiJwtOptions options = OptionsWith(TestKeys.Ours.PrivateKeyForEnvironment, TestKeys.Second.PublicKeyForEnvironment, "7200");
        var jwt = new PlainJwt(options);
        options.TimeToLive.Should().Be(TimeSpan.FromHours(2));
        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        jwt.Keys.KeyIds.Should().BeEquivalentTo(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
    }

    [Theory]
    [InlineData(null), InlineData("")]
    public void A_variable_that_is_missing_or_empty_leaves_the_default(string? value) =>
        OptionsWith((Private, value), (Public, value), (TimeToLive, value), (PrivateFile, value), (PublicFile, value)).Should().BeEquivalentTo(new ApiJwtOptions());

    [Fact]
    public void A_service_that_only_verifies_needs_only_the_public_key()
    {
        var jwt = new PlainJwt(OptionsWith(null, TestKeys.Ours.PublicKeyPem, null));
        jwt.Decode(Forge.Claims(Forge.GoodPayload)).IsValid.Should().BeTrue();
        jwt.Keys.SigningKeyId.Should().BeNull();
    }

    [Theory]
    [InlineData("1h"), InlineData("-1"), InlineData("+1"), InlineData("3600.5"), InlineData("3,600"), InlineData("0x10"), InlineData("1e3")]
    [InlineData("٣٦٠٠"), InlineData("99999999999999999999")]
    public void A_time_to_live_that_is_no_whole_number_is_refused(string value) =>
        FluentActions.Invoking(() => OptionsWith(null, TestKeys.Ours.PublicKeyPem, value))
            .Should().ThrowExactly<ApiJwtException>().Which.Message.Should().StartWith("JWT_TOKEN_TTL is not a whole number of seconds");

    [Theory]
    [InlineData("0"), InlineData("31557600000")]
    public void A_time_to_live_out_of_bounds_is_refused_with_the_name_of_its_variable(string value)
    {
        ApiJwtOptions options = OptionsWith(TestKeys.Ours.PrivateKeyPem, null, value);
        FluentActions.Invoking(() => new PlainJwt(options)).Should().ThrowExactly<ApiJwtException>().WithMessage("JWT_TOKEN_TTL must be between 1 second and 366 days.");
    }

    [Theory]
    [InlineData(" 3600"), InlineData("3600\n")]
    public void Blanks_around_a_time_to_live_are_ignored(string value) =>
        OptionsWith(null, null, value).TimeToLive.Should().Be(TimeSpan.FromHours(1));

    [Fact]
    public void The_longest_time_to_live_is_accepted() =>
        OptionsWith(null, null, "2147483647").TimeToLive.Should().Be(TimeSpan.FromSeconds(int.MaxValue));

    [Fact]
    public void A_value_set_after_reading_the_environment_replaces_it()
    {
        ApiJwtOptions options = OptionsWith(TestKeys.Ours.PrivateKeyPem, null, "7200");
        options.TimeToLive = TimeSpan.FromSeconds(5);
        options.TimeProvider = Clock.Standing();
        Wire.ClaimsOf(new PlainJwt(options).Encode(new TokenRequest { Subject = "ann" }))["exp"]!.GetValue<long>().Should().Be(Clock.Start + 5);
    }

    [Theory]
    [InlineData(null), InlineData("")]
    public void An_environment_without_a_key_is_refused_with_the_variables_to_set(string? value)
    {
        ApiJwtOptions options = OptionsWith(value, value, null);
        FluentActions.Invoking(() => new PlainJwt(options)).Should().Throw<ApiJwtException>()
            .WithMessage("There is no key. Set JWT_KEY_PUBLIC or ApiJwtOptions.JwksUri to verify tokens, or JWT_KEY_PRIVATE to issue and verify them*");
    }

    [Fact]
    public void Faulty_keys_of_the_environment_are_named_by_their_variables()
    {
        KeyFormatException exception = Refused.By(OptionsWith(TestKeys.Ours.PublicKeyForEnvironment, TestKeys.Ours.PrivateKeyPem, null));
        exception.Faults.Should().SatisfyRespectively(
            fault => fault.Should().StartWith($"{Private}: this is a public key"),
            fault => fault.Should().StartWith($"{Public}: this is a private key"));
        exception.Message.Should().NotContain("ApiJwtOptions");
        Refused.Repeats_nothing_of(TestKeys.Ours.PublicKeyPem, exception);
        Refused.Repeats_nothing_of(TestKeys.Ours.PrivateKeyPem, exception);
    }

    [Fact]
    public void A_key_file_is_read_from_its_path()
    {
        string privatePath = _folder.Write("private.pem", TestKeys.Ours.PrivateKeyPem);
        string publicPath = _folder.Write("public.pem", TestKeys.Second.PublicKeyPem);
        var jwt = new PlainJwt(OptionsWith((PrivateFile, privatePath), (PublicFile, publicPath)));
        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
    }

    [Fact]
    public void Several_public_key_files_are_a_JSON_array_of_paths()
    {
        string first = _folder.Write("first.pem", TestKeys.Ours.PublicKeyPem);
        string second = _folder.Write("second, with a comma: and a colon.pem", TestKeys.Second.PublicKeyPem);
        new PlainJwt(OptionsWith((PublicFile, KeyWrappings.Json(first, second)))).Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
    }

    [Theory]
    [InlineData("[1]"), InlineData("[\"/a\""), InlineData(" [/a, /b]")]
    public void A_text_that_is_not_a_JSON_array_of_paths_is_refused(string value) =>
        FluentActions.Invoking(() => OptionsWith((PublicFile, value))).Should().ThrowExactly<ApiJwtException>()
            .WithMessage("JWT_KEY_PUBLIC_FILE begins with '[' but is not a JSON array of paths. Give one path, or an array of them.");

    [Fact]
    public void A_fault_of_a_key_file_names_its_variable()
    {
        string missing = _folder.PathOf("missing.pem");
        Refused.By(OptionsWith((PrivateFile, missing), (PublicFile, missing))).Faults.Should().Equal(
            $"JWT_KEY_PRIVATE_FILE ({missing}): there is no such file. Correct the path, or mount the file.",
            $"JWT_KEY_PUBLIC_FILE ({missing}): there is no such file. Correct the path, or mount the file.");
        Refused.By(OptionsWith((PublicFile, KeyWrappings.Json(missing, missing)))).Faults[1].Should().StartWith("JWT_KEY_PUBLIC_FILE[1] (");
    }

    [Fact]
    public void A_key_and_a_key_file_together_are_refused_with_both_variables()
    {
        ApiJwtOptions options = OptionsWith((PrivateFile, "/keys/private.pem"), ("JWT_KEY_PRIVATE", TestKeys.Ours.PrivateKeyPem));
        FluentActions.Invoking(() => new PlainJwt(options)).Should().ThrowExactly<ApiJwtException>()
            .WithMessage("JWT_KEY_PRIVATE and JWT_KEY_PRIVATE_FILE are both set, but only one key can sign. Leave one of them out.");
    }

    public void Dispose() => _folder.Dispose();

    private static ApiJwtOptions OptionsWith(string? privateKey, string? publicKey, string? timeToLive) =>
        OptionsWith((Private, privateKey), (Public, publicKey), (TimeToLive, timeToLive));

    private static ApiJwtOptions OptionsWith(params (string Name, string? Value)[] variables) => WholeProcess.WithEnvironment(ApiJwtOptions.FromEnvironment, variables);
}
