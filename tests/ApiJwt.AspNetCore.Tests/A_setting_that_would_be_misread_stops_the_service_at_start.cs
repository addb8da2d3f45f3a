using ApiJwts.Testing;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.AspNetCore;

public class A_setting_that_would_be_misread_stops_the_service_at_start
{
    public static TheoryData<string, Action<JwtBearerOptions>> SettingsOfTheScheme => new()
    {
        { "Authority", options => options.Authority = "https://auth.example" },
        { "MetadataAddress", options => options.MetadataAddress = "https://auth.example/metadata" },
        { "Audience", options => options.Audience = "shop" },
        { "ValidAudience", options => options.TokenValidationParameters.ValidAudience = "shop" },
        { "ValidAudiences", options => options.TokenValidationParameters.ValidAudiences = ["shop"] },
        { "ValidIssuer", options => options.TokenValidationParameters.ValidIssuer = "auth" },
        { "ValidIssuers", options => options.TokenValidationParameters.ValidIssuers = ["auth"] },
        { "IssuerSigningKey", options => options.TokenValidationParameters.IssuerSigningKey = new SymmetricSecurityKey(new byte[32]) },
        { "IssuerSigningKeys", options => options.TokenValidationParameters.IssuerSigningKeys = [new SymmetricSecurityKey(new byte[32])] },
    };

    [Theory]
    [InlineData("Jwt:TimeToLive", "3600")]
    [InlineData("Jwt:ClockSkew", "30")]
    public async Task A_bare_number_which_would_be_days(string setting, string value) =>
        (await FailureOfAsync(builder => builder.Configuration.AddInMemoryCollection([new(setting, value)])))
            .Should().ContainAll(setting, "01:00:00");

    [Fact]
    public async Task One_that_is_misspelt_and_would_decide_nothing() =>
        (await FailureOfAsync(builder => builder.Configuration.AddInMemoryCollection([new("Jwt:Audiance", "shop")]))).Should().ContainAll("Jwt:Audiance", "Audience");

    [Fact]
    public async Task But_none_that_an_option_is_for()
    {
        string[] settings = [.. typeof(ApiJwtOptions).GetProperties()
            .Where(option => option.Name != nameof(ApiJwtOptions.ConfigurationSection))
            .Where(option => (Nullable.GetUnderlyingType(option.PropertyType) ?? option.PropertyType) is var type
                && (type.IsPrimitive || type == typeof(string) || type == typeof(TimeSpan) || type == typeof(Uri) || type == typeof(IList<string>)))
            .Select(option => option.Name)];
        settings.Should().Contain(["PrivateKey", "PublicKeys", "JwksUri", "RequireAudience", "MaxAge", "MaxTokenLength"]);

        await using GuardedApp app = await GuardedApp.StartAsync(
            _ => { }, builder => builder.Configuration.AddInMemoryCollection(settings.Except(["PublicKeys"]).Select(name => KeyValuePair.Create($"Jwt:{name}", (string?)""))));

        app.Services.GetRequiredService<HudyaJwt>().Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
    }

    [Theory]
    [InlineData("Jwt:RequireAudience", "yes", "neither true nor false")]
    [InlineData("Jwt:MaxTokenLength", "-1", "not a whole number")]
    [InlineData("Jwt:MaxTokenLength", "1,024", "not a whole number")]
    [InlineData("Jwt:JwksUri", "auth.example/jwks.json", "not an absolute address")]
    public async Task One_that_is_no_value_of_its_kind_without_repeating_it(string setting, string value, string fault) =>
        (await FailureOfAsync(builder => builder.Configuration.AddInMemoryCollection([new(setting, value)]))).Should().Contain($"{setting} is {fault}").And.NotContain(value);

    [Fact]
    public async Task A_time_in_words_is_taken()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGet("/", () => "").RequireScope("support:mobile"),
            builder =>
            {
                builder.Configuration.AddInMemoryCollection([new("Jwt:ClockSkew", "00:00:30")]);
                builder.Services.TrustTestTokens();
            });

        (await app.GetAsync("/", EndedAgo(TimeSpan.FromSeconds(10)))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await app.GetAsync("/", EndedAgo(TimeSpan.FromSeconds(60)))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);

        static string EndedAgo(TimeSpan time) =>
            TestToken.Sign(token => token.Scopes("support:mobile").ExpiresAt(TimeProvider.System.GetUtcNow() - time));
    }

    [Fact]
    public async Task Keys_as_a_text_and_as_a_list_of_which_one_was_meant_to_replace_the_other() =>
        (await FailureOfAsync(builder => builder.Configuration.AddInMemoryCollection([new("Jwt:PublicKeys", TestKeys.Second.PublicKeyForEnvironment)])))
            .Should().ContainAll("Jwt:PublicKeys", "one of the two");

    [Theory]
    [InlineData("Jwt:Audience:0")]
    [InlineData("Jwt:Audience:Name")]
    [InlineData("Jwt:MaxTokenLength:0")]
    public async Task A_list_or_an_object_where_one_value_belongs(string setting) =>
        (await FailureOfAsync(builder => builder.Configuration.AddInMemoryCollection([new(setting, "1024")])))
            .Should().ContainAll(setting[..setting.LastIndexOf(':')], "takes one value");

    [Fact]
    public async Task Options_without_a_name_which_reach_no_class() =>
        (await FailureOfAsync(builder => builder.Services.Configure<ApiJwtOptions>(options => options.Audience = "shop")))
            .Should().ContainAll("Configure<ApiJwtOptions>", "AddApiJwt", "ConfigureAll");

    [Fact]
    public async Task But_settings_from_the_configuration_can_be_changed_in_code()
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(
            app => app.MapGet("/", () => "").RequireAuthorization(),
            builder =>
            {
                builder.Configuration.AddInMemoryCollection([new("Jwt:PublicKeys", TestKeys.Ours.PublicKeyForEnvironment)]);
                builder.Services.AddApiJwt<HudyaJwt>("Jwt", options => options.Audience = "shop");
                builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
                builder.Services.AddAuthorization();
            });

        (await app.GetAsync("/", GuardedApp.Issue())).StatusCode.Should().Be(HttpStatusCode.Unauthorized, "the token is not for the shop");
    }

    [Theory]
    [MemberData(nameof(SettingsOfTheScheme), DisableDiscoveryEnumeration = true)]
    public async Task One_of_the_stock_scheme_that_decides_nothing_here(string setting, Action<JwtBearerOptions> configure) =>
        (await FailureOfAsync(builder => builder.Services.Configure("Bearer", configure))).Should().ContainAll(setting, "ApiJwtOptions");

    [Fact]
    public async Task Also_when_a_tool_put_it_into_the_configuration() =>
        (await FailureOfAsync(builder => builder.Configuration.AddInMemoryCollection([new("Authentication:Schemes:Bearer:ValidAudiences:0", "http://localhost")])))
            .Should().ContainAll("Authentication:Schemes:Bearer", "user-jwts");

    [Fact]
    public void A_class_that_takes_no_settings() =>
        FluentActions.Invoking(() => new ServiceCollection().AddApiJwt<Unsettled>("Jwt")).Should().Throw<InvalidOperationException>()
            .WithMessage("Unsettled needs a public constructor*public Unsettled(ApiJwtOptions options) : base(options)*");

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/chat/")]
    public void A_path_for_tokens_in_the_query_that_would_be_every_one_or_none(string path) =>
        FluentActions.Invoking(() => new JwtBearerOptions().AcceptTokenInWebSocketQuery(path)).Should().Throw<ArgumentException>().WithMessage("*/chat*");

    private static async Task<string> FailureOfAsync(Action<WebApplicationBuilder> configure) =>
        (await FluentActions.Awaiting(() => GuardedApp.StartAsync(_ => { }, configure)).Should().ThrowAsync<Exception>()).Which.Message;

    private sealed class Unsettled() : ApiJwt(TestKeys.Verifying);
}
