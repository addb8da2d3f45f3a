using Hudya.Tests.Support;

namespace Hudya.Tests.Options;

public class A_key_set_address_that_is_not_safe_is_refused
{
    [Theory]
    [InlineData("http://auth.example/jwks")]
    [InlineData("ftp://auth.example/jwks")]
    [InlineData("file:///jwks.json")]
    [InlineData("https+http://auth/jwks")]
    public void Over_anything_but_https(string address) =>
        Refusal(address).Should().StartWith("ApiJwtOptions.JwksUri must be an absolute https address").And.Contain("ApiJwtOptions.AllowHttpJwksUri");

    [Fact]
    public void Without_a_host() => Refusal("/jwks").Should().StartWith("ApiJwtOptions.JwksUri must be an absolute https address");

    [Theory]
    [InlineData("https://svc:secret@auth.example/jwks")]
    [InlineData("https://auth.example/jwks?sig=secret")]
    public void With_a_secret_in_it(string address) =>
        Refusal(address).Should().StartWith("ApiJwtOptions.JwksUri must have no user name and no query").And.NotContain("secret@").And.NotContain("sig=");

    [Theory]
    [InlineData("https://auth.example/jwks")]
    [InlineData("http://localhost:5001/jwks")]
    [InlineData("http://127.0.0.1:5001/jwks")]
    [InlineData("http://[::1]/jwks")]
    public void But_not_over_https_or_to_this_machine(string address) =>
        new PlainJwt(new ApiJwtOptions { JwksUri = new Uri(address) }).Keys.FetchStatus!.Address.Should().Be(new Uri(address));

    [Fact]
    public void Nor_over_http_where_a_setting_allows_it() =>
        Construct(new ApiJwtOptions { JwksUri = new Uri("http://auth/jwks"), AllowHttpJwksUri = true }).Should().NotThrow();

    [Theory]
    [InlineData("https+http://auth/jwks")]
    [InlineData("http+https://auth/jwks")]
    public void Nor_with_the_schemes_of_service_discovery_where_a_client_resolves_them(string address)
    {
        using var client = new HttpClient();

        Construct(new ApiJwtOptions { JwksUri = new Uri(address), CreateHttpClient = () => client }).Should().NotThrow();
    }

    private static Action Construct(ApiJwtOptions options) => () => _ = new PlainJwt(options);

    private static string Refusal(string address) =>
        Construct(new ApiJwtOptions { JwksUri = new Uri(address, UriKind.RelativeOrAbsolute) }).Should().ThrowExactly<ApiJwtException>().Which.Message;
}
