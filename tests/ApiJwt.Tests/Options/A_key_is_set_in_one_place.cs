using Hudya.Tests.Support;

namespace Hudya.Tests.Options;

public class A_key_is_set_in_one_place
{
    private static readonly Dictionary<string, Action<ApiJwtOptions>> Signing = new(StringComparer.Ordinal)
    {
        ["Signer"] = options => options.Signer = TokenSigner.FromRsa(TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem)),
        ["PrivateKey"] = options => options.PrivateKey = TestKeys.Ours.PrivateKeyPem,
        ["PrivateKeyFile"] = options => options.PrivateKeyFile = "/keys/private.pem",
        ["CertificateFile"] = options => options.CertificateFile = "/keys/key.pfx",
    };

    public static TheoryData<string, string> Pairs =>
        [.. Signing.Keys.SelectMany((first, index) => Signing.Keys.Skip(index + 1).Select(second => (first, second)))];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Two_that_would_sign_are_refused(string first, string second)
    {
        Refusal(options =>
        {
            Signing[second](options);
            Signing[first](options);
        }).Should().Be($"ApiJwtOptions.{first} and ApiJwtOptions.{second} are both set, but only one key can sign. Leave one of them out.");
    }

    [Fact]
    public void Public_keys_and_files_with_public_keys_are_refused()
    {
        Refusal(options =>
        {
            options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem);
            options.PublicKeyFiles.Add("/keys/public.pem");
        }).Should().Be("ApiJwtOptions.PublicKeys and ApiJwtOptions.PublicKeyFiles are both set. Leave one of them out.");
    }

    [Fact]
    public void A_password_without_a_file_is_refused()
    {
        Refusal(options => options.CertificatePassword = "correct horse")
            .Should().Be("ApiJwtOptions.CertificatePassword decides nothing without ApiJwtOptions.CertificateFile. Set that, or leave it out.");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\0b")]
    public void What_cannot_be_a_path_is_refused(string path)
    {
        Refusal(options => options.PrivateKeyFile = path).Should().Be("ApiJwtOptions.PrivateKeyFile must be the path of a file. Leave it out if there is none.");
        Refusal(options => options.CertificateFile = path).Should().Be("ApiJwtOptions.CertificateFile must be the path of a file. Leave it out if there is none.");
        Refusal(options => options.PublicKeyFiles.Add(path)).Should().Be("ApiJwtOptions.PublicKeyFiles has an entry that is not the path of a file. Take it out.");
    }

    [Fact]
    public void The_same_is_true_of_settings_that_are_taken_over_later()
    {
        var jwt = new PlainJwt(TestKeys.Issuing);

        jwt.Keys.Invoking(keys => keys.Reload(new ApiJwtOptions { PrivateKey = TestKeys.Second.PrivateKeyPem, PrivateKeyFile = "/keys/private.pem" }))
            .Should().ThrowExactly<ApiJwtException>();

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
    }

    private static string Refusal(Action<ApiJwtOptions> set)
    {
        var options = new ApiJwtOptions();
        set(options);
        return FluentActions.Invoking(() => new PlainJwt(options)).Should().ThrowExactly<ApiJwtException>().Which.Message;
    }
}
