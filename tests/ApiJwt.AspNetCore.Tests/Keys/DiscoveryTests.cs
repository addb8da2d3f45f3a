using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;

namespace Hudya.Tests.AspNetCore.Keys;

/// <summary>Tests the metadata of an issuer. <see cref="Stock_software_needs_the_issuer_alone"/> uses them with the stock scheme.</summary>
public class DiscoveryTests
{
    private const string Plain = "http://auth.internal:8080";
    private const string OpenIdConnect = "/.well-known/openid-configuration";
    private const string OAuth = "/.well-known/oauth-authorization-server";

    [Theory]
    [InlineData("https://auth.example.com", OpenIdConnect, OAuth, "https://auth.example.com/.well-known/jwks.json")]
    [InlineData("https://auth.example.com/", OpenIdConnect, OAuth, "https://auth.example.com/.well-known/jwks.json")]
    // OpenID Connect appends its path to that of the issuer. RFC 8414 inserts its path before it.
    [InlineData("https://example.com/auth/v1", $"/auth/v1{OpenIdConnect}", $"{OAuth}/auth/v1", "https://example.com/auth/v1/.well-known/jwks.json")]
    [InlineData("http://localhost:5000", OpenIdConnect, OAuth, "http://localhost:5000/.well-known/jwks.json")]
    [InlineData(Plain, OpenIdConnect, OAuth, "http://auth.internal:8080/.well-known/jwks.json")]
    public async Task The_metadata_of_an_issuer_are_at_the_addresses_of_both_specifications(string issuer, string openIdConnect, string oauth, string keySet)
    {
        await using GuardedApp app = await StartAsync(app =>
        {
            app.MapJwks<AddressJwt>();
            app.MapDiscovery<AddressJwt>(issuer);
        });

        foreach (string path in (string[])[openIdConnect, oauth])
        {
            HttpResponseMessage answer = await app.GetAsync(path);
            answer.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
            answer.Headers.CacheControl!.ToString().Should().Be("public, max-age=300");
            answer.Headers.ETag.Should().NotBeNull();
            var metadata = JsonNode.Parse(await answer.Content.ReadAsStringAsync(GuardedApp.Cancel))!;
            var expected = new JsonObject
            {
                ["issuer"] = issuer,
                ["jwks_uri"] = keySet,
                ["response_types_supported"] = new JsonArray("id_token"),
                ["subject_types_supported"] = new JsonArray("public"),
                ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
            };
            JsonNode.DeepEquals(metadata, expected).Should().BeTrue(metadata.ToJsonString());
        }

        (await app.GetTextAsync(new Uri(keySet).AbsolutePath)).Should().Be(app.Services.GetRequiredService<AddressJwt>().Keys.ToJwks());
    }

    [Theory]
    [InlineData("auth_user", "absolute https address")]
    [InlineData("", "absolute https address")]
    [InlineData("/auth", "absolute https address")]
    [InlineData(" https://auth.example.com", "absolute https address")]
    [InlineData("ftp://auth.example.com", "absolute https address")]
    [InlineData("http://auth.example.com", "AllowHttpJwksUri")]
    [InlineData("https://ann@auth.example.com", "no user name, no query and no fragment")]
    [InlineData("https://auth.example.com/?", "no user name, no query and no fragment")]
    [InlineData("https://auth.example.com/#a", "no user name, no query and no fragment")]
    [InlineData("https://auth.example.com/{tenant}", "letters, digits")]
    [InlineData("https://auth.example.com/a%20b", "letters, digits")]
    [InlineData("https://auth.example.com/a//b", "single slashes")]
    [InlineData("https://other.example.com", "https://auth.example.com, ")]
    [InlineData("https://AUTH.example.com", "Give one of them exactly")]
    [InlineData("https://auth.example.com/v1", "Policy.AllowKey")]
    public async Task An_issuer_that_cannot_be_found_stops_the_service_at_start(string issuer, string saying)
    {
        Func<Task> start = () => StartAsync(app => app.MapDiscovery<AddressJwt>(issuer), allowsHttp: false);

        (await start.Should().ThrowExactlyAsync<ApiJwtException>()).WithMessage($"The issuer '{issuer}' of MapDiscovery cannot be used: *{saying}*");
    }

    [Fact]
    public async Task Mapping_the_metadata_on_a_group_stops_the_service_at_start()
    {
        Func<Task> start = () => StartAsync(app => app.MapGroup("/v1").MapDiscovery<AddressJwt>("https://auth.example.com"));

        (await start.Should().ThrowExactlyAsync<ApiJwtException>()).WithMessage("*Call it on the application.");
    }

    private static Task<GuardedApp> StartAsync(Action<WebApplication> endpoints, bool allowsHttp = true) => GuardedApp.StartAsync<AddressJwt>(
        endpoints,
        options => (options.PrivateKey, options.AllowHttpJwksUri) = (TestKeys.Ours.PrivateKeyPem, allowsHttp),
        // The metadata must be public in spite of the fallback policy.
        builder => builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()));

    private sealed class AddressJwt : ApiJwt
    {
        public AddressJwt(ApiJwtOptions options)
            : base(options)
        {
            foreach (string issuer in (string[])["https://auth.example.com", "https://auth.example.com/", "https://example.com/auth/v1", "http://localhost:5000", Plain])
                Policy.AllowKey(issuer, issuer, scopes: []);
        }
    }
}
