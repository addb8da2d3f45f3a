using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Hudya.Tests.Readme;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Configuration;

namespace Hudya.Tests.AspNetCore;

/// <summary>
/// The API has the settings of PROVIDERS.md and also accepts our tokens. The tokens have the claims that each provider documents, with
/// made-up values.
/// </summary>
public sealed class Tokens_of_other_providers_are_accepted : IAsyncLifetime
{
    private const string Typed = """{"alg":"RS256","typ":"JWT","kid":"old-1"}""";
    private const string Untyped = """{"kid":"old-1","alg":"RS256"}""";
    private const string AccessToken = """{"alg":"RS256","kid":"old-1","typ":"at+jwt"}""";

    /// <summary>The provider, the kind of token, its header and payload, and the answer of an endpoint that requires a scope.</summary>
    private static readonly (string Provider, string Case, string Header, string Payload, string Answer)[] Table =
    [
        ("Keycloak", "a user", Typed, """{"exp":4102444800,"iat":1700000000,"auth_time":1700000000,"jti":"onrtac:1b4f","iss":"https://login.example.com/realms/shop","aud":["orders","account"],"sub":"f1a2","typ":"Bearer","azp":"shop-web","sid":"9c7d","acr":"1","allowed-origins":["https://shop.example.com"],"realm_access":{"roles":["offline_access","buyer"]},"resource_access":{"account":{"roles":["view-profile"]}},"scope":"openid profile support:mobile","email_verified":true,"name":"Ann","preferred_username":"ann"}""", "f1a2"),
        ("Keycloak", "a client, by RFC 9068", AccessToken, """{"exp":4102444800,"iat":1700000000,"jti":"trrtcc:77aa","iss":"https://login.example.com/realms/shop","aud":"orders","sub":"c3d4","typ":"Bearer","azp":"batch","acr":"1","scope":"profile support:mobile","clientHost":"10.0.0.7","preferred_username":"service-account-batch","clientAddress":"10.0.0.7","client_id":"batch"}""", "c3d4"),
        ("Keycloak", "without an audience mapper", Typed, """{"exp":4102444800,"iat":1700000000,"iss":"https://login.example.com/realms/shop","aud":"account","sub":"f1a2","typ":"Bearer","azp":"shop-web","scope":"support:mobile"}""", "401"),
        ("Auth0", "a user", Typed, """{"iss":"https://shop.eu.auth0.com/","sub":"auth0|5f7c","aud":["https://orders.example.com","https://shop.eu.auth0.com/userinfo"],"iat":1700000000,"exp":4102444800,"azp":"my_client","scope":"openid support:mobile","permissions":["read:orders"]}""", "auth0|5f7c"),
        ("Auth0", "a client, by RFC 9068", AccessToken, """{"iss":"https://shop.eu.auth0.com/","sub":"my_client@clients","aud":"https://orders.example.com","iat":1700000000,"exp":4102444800,"jti":"8d1f","client_id":"my_client","scope":"support:mobile"}""", "my_client@clients"),
        ("Auth0", "for the user's profile alone", Typed, """{"iss":"https://shop.eu.auth0.com/","sub":"auth0|5f7c","aud":"https://shop.eu.auth0.com/userinfo","iat":1700000000,"exp":4102444800,"azp":"my_client","scope":"support:mobile"}""", "401"),
        ("Entra ID", "a user", Typed, """{"aud":"66666666-7777-8888-9999-000000000000","iss":"https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0","iat":1700000000,"nbf":1700000000,"exp":4102444800,"aio":"AXQA","azp":"aaaa","azpacr":"0","name":"Ann","oid":"bbbb","preferred_username":"ann@example.com","rh":"0.AS8A","scp":"Orders.Read support:mobile","sub":"cccc","tid":"11111111-2222-3333-4444-555555555555","uti":"dddd","ver":"2.0"}""", "cccc"),
        ("Entra ID", "an application", Typed, """{"aud":"66666666-7777-8888-9999-000000000000","iss":"https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0","iat":1700000000,"nbf":1700000000,"exp":4102444800,"aio":"E2Zg","azp":"aaaa","azpacr":"1","idtyp":"app","oid":"eeee","rh":"0.AS8A","roles":["Orders.Read.All"],"sub":"eeee","tid":"11111111-2222-3333-4444-555555555555","uti":"ffff","ver":"2.0"}""", "403"),
        ("Entra ID", "another tenant", Typed, """{"aud":"66666666-7777-8888-9999-000000000000","iss":"https://login.microsoftonline.com/99999999-2222-3333-4444-555555555555/v2.0","iat":1700000000,"nbf":1700000000,"exp":4102444800,"scp":"support:mobile","sub":"cccc","ver":"2.0"}""", "401"),
        ("Okta", "a user", Untyped, """{"ver":1,"jti":"AT.0mP4","iss":"https://shop.okta.com/oauth2/default","aud":"api://default","iat":1700000000,"exp":4102444800,"cid":"0oa1","uid":"00u1","scp":["openid","support:mobile"],"auth_time":1700000000,"sub":"ann@example.com","groups":["Everyone"]}""", "ann@example.com"),
        ("Okta", "a client", Untyped, """{"ver":1,"jti":"AT.7nQ2","iss":"https://shop.okta.com/oauth2/default","aud":"api://default","iat":1700000000,"exp":4102444800,"cid":"0oa1","scp":["support:mobile"],"sub":"0oa1"}""", "0oa1"),
        ("Okta", "the org authorization server", Untyped, """{"ver":1,"jti":"AT.1","iss":"https://shop.okta.com","aud":"https://shop.okta.com","iat":1700000000,"exp":4102444800,"cid":"0oa1","scp":["support:mobile"],"sub":"ann@example.com"}""", "401"),
        ("Cognito", "a user", Untyped, """{"sub":"aaaa-1","device_key":"eu-north-1_d1","cognito:groups":["buyers"],"iss":"https://cognito-idp.eu-north-1.amazonaws.com/eu-north-1_Example","version":2,"client_id":"my_app","origin_jti":"o1","event_id":"e1","token_use":"access","scope":"openid support:mobile","auth_time":1700000000,"exp":4102444800,"iat":1700000000,"jti":"j1","username":"ann"}""", "aaaa-1"),
        ("Cognito", "a client", Untyped, """{"sub":"my_app","token_use":"access","scope":"support:mobile","auth_time":1700000000,"iss":"https://cognito-idp.eu-north-1.amazonaws.com/eu-north-1_Example","exp":4102444800,"iat":1700000000,"version":2,"jti":"j2","client_id":"my_app"}""", "my_app"),
        ("Cognito", "an id token", Untyped, """{"sub":"aaaa-1","aud":"my_app","iss":"https://cognito-idp.eu-north-1.amazonaws.com/eu-north-1_Example","token_use":"id","scope":"support:mobile","auth_time":1700000000,"exp":4102444800,"iat":1700000000,"cognito:username":"ann"}""", "401"),
        ("IdentityServer", "a user", AccessToken, """{"iss":"https://login.example.com","nbf":1700000000,"iat":1700000000,"exp":4102444800,"aud":["orders","billing"],"scope":["openid","support:mobile"],"amr":["pwd"],"client_id":"web","sub":"88421113","auth_time":1700000000,"idp":"local","sid":"5A","jti":"6B"}""", "88421113"),
        ("IdentityServer", "a client", AccessToken, """{"iss":"https://login.example.com","nbf":1700000000,"iat":1700000000,"exp":4102444800,"aud":"orders","scope":["support:mobile"],"client_id":"batch","jti":"7C"}""", "a client"),
        ("IdentityServer", "for another API", AccessToken, """{"iss":"https://login.example.com","nbf":1700000000,"iat":1700000000,"exp":4102444800,"aud":"billing","scope":["support:mobile"],"client_id":"batch","jti":"7C"}""", "401"),
    ];

    private readonly Dictionary<string, string> _settings = [];
    private AuthService _old = null!;

    public static IEnumerable<TheoryDataRow<string, string>> Cases => Table.Select(row => new TheoryDataRow<string, string>(row.Provider, row.Case));

    public async ValueTask InitializeAsync()
    {
        foreach (string section in (await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Readme", "PROVIDERS.md"), GuardedApp.Cancel)).Split("\n## "))
        {
            if (section.Split("```json\n") is [var heading, var json])
                _settings[heading.Split('\n')[0]] = json.Split("```")[0];
        }

        _old = await AuthService.StartAsync(TestKeys.Second);
        // Providers use key ids that are not thumbprints, may omit the algorithm, and may publish keys for encryption.
        JsonNode keySet = JsonNode.Parse(_old.Jwt.Keys.ToJwks())!;
        JsonObject key = keySet["keys"]![0]!.AsObject();
        key["kid"] = "old-1";
        key.Remove("alg");
        JsonNode encryption = key.DeepClone();
        (encryption["kid"], encryption["use"], encryption["alg"]) = ("old-2", "enc", "RSA-OAEP");
        keySet["keys"]!.AsArray().Insert(0, encryption);
        _old.Say(keySet.ToJsonString());
    }

    public ValueTask DisposeAsync() => _old.DisposeAsync();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task An_API_accepts_tokens_of_another_provider_together_with_ours(string provider, string what)
    {
        (_, _, string header, string payload, string expected) = Table.Single(row => row.Provider == provider && row.Case == what);
        await using GuardedApp app = await StartAsync(_settings[provider]);
        string token = Forge.Sign(header, payload, TestKeys.RsaOf(TestKeys.Second.PrivateKeyPem));
        string[] parts = token.Split('.');

        (await AskAsync(app, "/orders", token)).Should().Be(expected);
        (await AskAsync(app, "/account", token)).Should().Be(expected.StartsWith('4') ? expected : provider == "Keycloak" ? "in" : "403");
        (await AskAsync(app, "/jobs", token)).Should().Be(payload.Contains("\"roles\":[\"Orders.Read.All\"]", StringComparison.Ordinal) ? "in" : expected == "401" ? "401" : "403");
        (await AskAsync(app, "/orders", Forge.SignParts(parts[0], parts[1], TestKeys.ForeignKey))).Should().Be("401");
        (await AskAsync(app, "/orders", Forge.SignParts(parts[0], parts[1]))).Should().Be("401", "our key must not sign tokens of the other provider");

        (await AskAsync(app, "/orders", GuardedApp.Issue("support", null, "support:mobile"))).Should().Be("ann");
        (await AskAsync(app, "/orders", GuardedApp.Issue("support", null, "support:power"))).Should().Be("403");
        (await AskAsync(app, "/account", GuardedApp.Issue("user"))).Should().Be("in");
    }

    [Fact]
    public void The_page_has_settings_for_every_provider() =>
        _settings.Keys.Should().BeEquivalentTo(Table.Select(row => row.Provider).Distinct());

    private Task<GuardedApp> StartAsync(string settings) => GuardedApp.StartBareAsync(
        app =>
        {
            #region MixedGuards
            app.MapGet("/orders", (VerifiedPayload caller) => caller.HasSubject ? caller.Subject : "a client").RequireScope("support:mobile");
            app.MapGet("/account", () => "in").RequireKey("user");
            app.MapGet("/jobs", () => "in").RequireAuthorization(policy => policy.AddAuthenticationSchemes("Old").RequireClaim("roles", "Orders.Read.All"));
            #endregion
        },
        builder =>
        {
            builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(settings)));
            builder.Configuration.AddInMemoryCollection(
            [
                new("Old:JwksUri", _old.KeySet.ToString()), new("Jwt:PublicKeys", TestKeys.Ours.PublicKeyPem), new("Jwt:Issuers:0", "auth_support"), new("Jwt:Issuers:1", "auth_user"),
            ]);

            #region MixedFleet
            builder.Services.AddApiJwt<HudyaJwt>("Jwt").AddApiJwt<OldJwt>("Old");
            builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>().AddApiJwt<OldJwt>("Old");
            builder.Services.AddAuthorizationBuilder()
                .SetDefaultPolicy(new AuthorizationPolicyBuilder("Bearer", "Old").RequireAuthenticatedUser().Build());
            #endregion
        });

    private static async Task<string> AskAsync(GuardedApp app, string path, string token)
    {
        HttpResponseMessage answer = await app.GetAsync(path, token);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(GuardedApp.Cancel) : ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
    }
}
