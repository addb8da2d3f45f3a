using Hudya.Tests.Support;

namespace Hudya.Tests.Options;

public class KeySettingsTests
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
    public void Two_settings_that_would_sign_are_refused(string first, string second) =>
        Refusal(options =>
        {
            Signing[second](options);
            Signing[first](options);
        }).Should().Be($"ApiJwtOptions.{first} and ApiJwtOptions.{second} are both set, but only one key can sign. Leave one of them out.");

    [Fact]
    public void Public_keys_beside_files_with_public_keys_are_refused() =>
        Refusal(options =>
        {
            options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem);
            options.PublicKeyFiles.Add("/keys/public.pem");
        }).Should().Be("ApiJwtOptions.PublicKeys and ApiJwtOptions.PublicKeyFiles are both set. Leave one of them out.");

    [Fact]
    public void A_password_without_a_certificate_file_is_refused() =>
        Refusal(options => options.CertificatePassword = "correct horse")
            .Should().Be("ApiJwtOptions.CertificatePassword has no effect without ApiJwtOptions.CertificateFile. Set both, or neither.");

    [Theory]
    [InlineData(""), InlineData(" "), InlineData("a\0b")]
    public void A_text_that_cannot_be_a_path_is_refused(string path)
    {
        Refusal(options => options.PrivateKeyFile = path).Should().Be("ApiJwtOptions.PrivateKeyFile must be the path of a file. Leave it out if there is none.");
        Refusal(options => options.CertificateFile = path).Should().Be("ApiJwtOptions.CertificateFile must be the path of a file. Leave it out if there is none.");
        Refusal(options => options.PublicKeyFiles.Add(path)).Should().Be("ApiJwtOptions.PublicKeyFiles has an entry that is not the path of a file. Remove it.");
    }

    [Theory]
    [InlineData("http://auth.example/jwks"), InlineData("ftp://auth.example/jwks"), InlineData("file:///jwks.json")]
    [InlineData("https+http://auth/jwks")]
    public void A_key_set_address_over_anything_but_https_is_refused(string address) =>
        RefusalOfAddress(address).Should().StartWith("ApiJwtOptions.JwksUri must be an absolute https address").And.Contain("ApiJwtOptions.AllowHttpJwksUri");

    [Fact]
    public void A_key_set_address_without_a_host_is_refused() => RefusalOfAddress("/jwks").Should().StartWith("ApiJwtOptions.JwksUri must be an absolute https address");

    [Theory]
    [InlineData("https://svc:secret@auth.example/jwks"), InlineData("https://auth.example/jwks?sig=secret")]
    public void A_key_set_address_with_a_secret_in_it_is_refused(string address) =>
        RefusalOfAddress(address).Should().StartWith("ApiJwtOptions.JwksUri must have no user name and no query").And.NotContain("secret@").And.NotContain("sig=");

    [Theory]
    [InlineData("https://auth.example/jwks"), InlineData("http://localhost:5001/jwks"), InlineData("http://127.0.0.1:5001/jwks")]
    [InlineData("http://[::1]/jwks")]
    public void A_key_set_address_over_https_or_to_this_machine_is_accepted(string address) =>
        new PlainJwt(new ApiJwtOptions { JwksUri = new Uri(address) }).Keys.FetchStatus!.Address.Should().Be(new Uri(address));

    [Fact]
    public void A_key_set_address_over_http_is_accepted_if_a_setting_allows_it() =>
        Construct(new ApiJwtOptions { JwksUri = new Uri("http://auth/jwks"), AllowHttpJwksUri = true }).Should().NotThrow();

    [Theory]
    [InlineData("https+http://auth/jwks"), InlineData("http+https://auth/jwks")]
    public void A_key_set_address_for_service_discovery_is_accepted_with_a_client_that_resolves_it(string address)
    {
        using var client = new HttpClient();
        Construct(new ApiJwtOptions { JwksUri = new Uri(address), CreateHttpClient = () => client }).Should().NotThrow();
    }

    private static string Refusal(Action<ApiJwtOptions> set)
    {
        var options = new ApiJwtOptions();
        set(options);
        return FluentActions.Invoking(() => new PlainJwt(options)).Should().ThrowExactly<ApiJwtException>().Which.Message;
    }

    private static Action Construct(ApiJwtOptions options) => () => _ = new PlainJwt(options);

    private static string RefusalOfAddress(string address) =>
        Construct(new ApiJwtOptions { JwksUri = new Uri(address, UriKind.RelativeOrAbsolute) }).Should().ThrowExactly<ApiJwtException>().Which.Message;
}
