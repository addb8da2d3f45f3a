using System.Linq.Expressions;
using ApiJwts.Testing;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.AspNetCore;

public class A_setting_that_would_be_misread_stops_the_service_at_start
{
    // Each works, as a test says: the payload's claims, the answers, the events, forwarding.
    private static readonly string[] Working =
    [
        "Challenge", "Events", "EventsType", "ForwardAuthenticate", "ForwardChallenge", "ForwardDefault", "ForwardDefaultSelector", "ForwardForbid",
        "ForwardSignIn", "ForwardSignOut", "IncludeErrorDetails", "MapInboundClaims", "SaveToken", "TokenValidationParameters", "NameClaimType", "RoleClaimType",
        "ValidateIssuerSigningKey",
    ];

    /// <summary>Every option that can be set, so that one of a later version is here as well.</summary>
    public static TheoryData<Type, string> OptionsOfTheScheme
    {
        get
        {
            var data = new TheoryData<Type, string>();
            foreach (Type type in (Type[])[typeof(JwtBearerOptions), typeof(TokenValidationParameters)])
            {
                foreach (string name in type.GetProperties().Where(option => option.SetMethod?.IsPublic == true).Select(option => option.Name).Distinct())
                    data.Add(type, name);
            }

            return data;
        }
    }

    public static TheoryData<string, string> Durations
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string setting in SettingNames.Of(typeof(TimeSpan)))
            {
                foreach (string value in (string[])["3600", "24:00:00", "48:00:00", " 24:00:00 ", "1h", "60 min", "01:00", "01:60:00", "01:00:60", "1.24:00:00", "-01:00:00", "01:00:00.5", "PT1H", "  "])
                    data.Add(setting, value);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Durations))]
    public async Task A_duration_that_could_be_read_as_another(string setting, string value) =>
        (await FailureOfAsync(builder => builder.Configuration.AddInMemoryCollection([new($"Jwt:{setting}", value)])))
            .Should().ContainAll($"Jwt:{setting} ", "01:00:00 for an hour", "1.00:00:00 for a day");

    [Theory]
    [InlineData("1.00:00:00")]
    [InlineData(" 01:00:00 ")]
    [InlineData("1:00:00")]
    public async Task But_none_that_cannot(string value)
    {
        await using GuardedApp app = await GuardedApp.StartAsync(_ => { }, builder => builder.Configuration.AddInMemoryCollection([new("Jwt:TimeToLive", value)]));

        app.Services.GetRequiredService<HudyaJwt>().Should().NotBeNull();
    }

    [Fact]
    public async Task A_text_where_the_settings_belong() =>
        (await FailureOfAsync(builder => builder.Configuration.AddInMemoryCollection([new("Jwt", "text")]))).Should().Contain("Jwt is a text");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_section_that_the_configuration_does_not_have(bool isByName) =>
        (await FluentActions.Awaiting(() => StartAsync("Jwtt", isByName)).Should().ThrowAsync<ApiJwtException>()).Which.Message.Should().ContainAll("Jwtt", "Correct the name");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task But_the_usual_one_may_be_missing_where_all_is_made_in_code(bool isByName)
    {
        await using GuardedApp app = await StartAsync("jwt", isByName);

        app.Services.GetRequiredService<HudyaJwt>().Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
    }

    [Fact]
    public async Task One_that_is_misspelt_and_would_decide_nothing() =>
        (await FailureOfAsync(builder => builder.Configuration.AddInMemoryCollection([new("Jwt:Audiance", "shop")]))).Should().ContainAll("Jwt:Audiance", "Audience");

    [Fact]
    public async Task But_none_that_an_option_is_for()
    {
        IReadOnlyList<string> settings = SettingNames.All;
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
    [MemberData(nameof(OptionsOfTheScheme))]
    public async Task One_of_the_stock_scheme_that_decides_nothing_here(Type type, string option)
    {
        Task<GuardedApp> start = GuardedApp.StartAsync(_ => { }, builder => builder.Services.Configure<JwtBearerOptions>("Bearer", options =>
        {
            object target = type == typeof(JwtBearerOptions) ? options : options.TokenValidationParameters;
            var property = type.GetProperties().First(property => property.Name == option && property.SetMethod?.IsPublic == true);
            property.SetValue(target, OtherThan(property.GetValue(target), property.PropertyType));
        }));

        if (Working.Contains(option))
            await (await start).DisposeAsync();
        else
            (await FluentActions.Awaiting(() => start).Should().ThrowAsync<Exception>()).Which.Message.Should().ContainAll($"{option} of the scheme 'Bearer'", "ApiJwtOptions");
    }

    [Fact]
    public async Task Token_handlers_of_the_stock_scheme_too() =>
        (await FailureOfAsync(builder => builder.Services.Configure<JwtBearerOptions>("Bearer", options => options.TokenHandlers.Add(new HudyaJwt(TestKeys.Verifying).TokenHandler))))
            .Should().ContainAll("TokenHandlers", "HudyaJwt verifies");

    [Fact]
    public async Task Also_when_it_is_set_after_everything_else() =>
        (await FailureOfAsync(builder => builder.Services.PostConfigureAll<JwtBearerOptions>(options => options.TokenValidationParameters.AudienceValidator = (_, _, _) => false)))
            .Should().Contain("AudienceValidator");

    [Fact]
    public async Task Also_when_a_tool_put_it_into_the_configuration() =>
        (await FailureOfAsync(builder => builder.Configuration.AddInMemoryCollection([new("Authentication:Schemes:Bearer:ValidAudiences:0", "http://localhost")])))
            .Should().ContainAll("Authentication:Schemes:Bearer", "user-jwts");

    [Fact]
    public async Task But_options_of_the_scheme_that_work_may_stand_in_the_configuration()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGet("/", () => "").RequireScope("support:mobile"),
            builder => builder.Configuration.AddInMemoryCollection([new("Authentication:Schemes:Bearer:Challenge", "Bearer realm=\"shop\"")]));

        (await app.GetAsync("/")).Headers.WwwAuthenticate.ToString().Should().Contain("realm=\"shop\"");
    }

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

    /// <summary>Some other value of a type: whatever it is, it decides nothing.</summary>
    private static object? OtherThan(object? value, Type type) =>
        value is bool isOn ? !isOn
        : value is TimeSpan time ? time + TimeSpan.FromSeconds(1)
        : type == typeof(string) ? "https://auth.example"
        : type == typeof(Type) ? typeof(JwtBearerEvents)
        : type == typeof(object) ? new JwtBearerEvents()
        : type == typeof(HttpClient) ? new HttpClient()
        : type == typeof(HttpMessageHandler) ? new HttpClientHandler()
        : type == typeof(TimeProvider) ? new FakeTimeProvider()
        : type == typeof(SecurityKey) ? new SymmetricSecurityKey(new byte[32])
        : type == typeof(IEnumerable<string>) ? new[] { "x" }
        : type == typeof(IEnumerable<SecurityKey>) ? new[] { new SymmetricSecurityKey(new byte[32]) }
        : type == typeof(IDictionary<string, object>) ? new Dictionary<string, object> { ["x"] = "y" }
        : type.IsSubclassOf(typeof(Delegate)) ? Delegating(type)
        : type == typeof(ITokenReplayCache) ? new NoReplays()
        : type.IsInterface || type.IsAbstract ? new StaticConfigurationManager<OpenIdConnectConfiguration>(new OpenIdConnectConfiguration())
        : Activator.CreateInstance(type);

    private static Delegate Delegating(Type type)
    {
        var invoke = type.GetMethod("Invoke")!;
        return Expression.Lambda(type, Expression.Default(invoke.ReturnType), invoke.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType))).Compile();
    }

    private static Task<GuardedApp> StartAsync(string section, bool isByName) => GuardedApp.StartBareAsync(_ => { }, builder =>
    {
        if (isByName)
            builder.Services.AddApiJwt<HudyaJwt>(section, AddKey);
        else
            builder.Services.AddApiJwt<HudyaJwt>(builder.Configuration.GetSection(section), AddKey);

        static void AddKey(ApiJwtOptions options) => options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem);
    });

    private static async Task<string> FailureOfAsync(Action<WebApplicationBuilder> configure) =>
        (await FluentActions.Awaiting(() => GuardedApp.StartAsync(_ => { }, configure)).Should().ThrowAsync<Exception>()).Which.Message;

    private sealed class Unsettled() : ApiJwt(TestKeys.Verifying);

    private sealed class NoReplays : ITokenReplayCache
    {
        public bool TryAdd(string securityToken, DateTime expiresOn) => true;

        public bool TryFind(string securityToken) => false;
    }
}
