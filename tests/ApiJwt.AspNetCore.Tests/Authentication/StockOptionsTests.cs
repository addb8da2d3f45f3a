using System.Linq.Expressions;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.AspNetCore.Authentication;

/// <summary>An option of the stock scheme that has no effect with this library stops the service at start.</summary>
public class StockOptionsTests
{
    // These options have an effect. Other tests cover them: principals, challenges, events and forwarding.
    private static readonly string[] Working =
    [
        "Challenge", "Events", "EventsType", "ForwardAuthenticate", "ForwardChallenge", "ForwardDefault", "ForwardDefaultSelector", "ForwardForbid",
        "ForwardSignIn", "ForwardSignOut", "IncludeErrorDetails", "MapInboundClaims", "SaveToken", "TokenValidationParameters", "NameClaimType", "RoleClaimType",
        "ValidateIssuerSigningKey",
    ];

    /// <summary>Every option that can be set, found by reflection so that options of later versions are included.</summary>
    public static TheoryData<Type, string> Options =>
    [
        .. from type in (Type[])[typeof(JwtBearerOptions), typeof(TokenValidationParameters)]
           from name in type.GetProperties().Where(option => option.SetMethod?.IsPublic == true).Select(option => option.Name).Distinct()
           select (type, name),
    ];

    /// <summary>Other places where options are set, and the words of the refusal.</summary>
    public static TheoryData<Action<WebApplicationBuilder>, string[]> Elsewhere => new()
    {
        { builder => builder.Services.Configure<JwtBearerOptions>("Bearer", options => options.TokenHandlers.Add(new HudyaJwt(TestKeys.Verifying).TokenHandler)), ["TokenHandlers", "HudyaJwt verifies"] },
        { builder => builder.Services.PostConfigureAll<JwtBearerOptions>(options => options.TokenValidationParameters.AudienceValidator = (_, _, _) => false), ["AudienceValidator"] },
        // The tool "dotnet user-jwts" writes this setting.
        { builder => builder.Configuration.AddInMemoryCollection([new("Authentication:Schemes:Bearer:ValidAudiences:0", "http://localhost")]), ["Authentication:Schemes:Bearer", "user-jwts"] },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public async Task An_option_works_or_stops_the_service_and_names_the_option_to_set_instead(Type type, string option)
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

    [Theory]
    [MemberData(nameof(Elsewhere), DisableDiscoveryEnumeration = true)]
    public async Task An_option_without_effect_stops_the_service_in_every_place_where_it_is_set(Action<WebApplicationBuilder> configure, string[] expected) =>
        (await FluentActions.Awaiting(() => GuardedApp.StartAsync(_ => { }, configure)).Should().ThrowAsync<Exception>()).Which.Message.Should().ContainAll(expected);

    [Fact]
    public async Task An_option_that_works_can_be_set_in_the_configuration()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGet("/", () => "").RequireScope("support:mobile"),
            builder => builder.Configuration.AddInMemoryCollection([new("Authentication:Schemes:Bearer:Challenge", "Bearer realm=\"shop\"")]));

        (await app.GetAsync("/")).Headers.WwwAuthenticate.ToString().Should().Contain("realm=\"shop\"");
    }

    /// <summary>A value of the type that differs from the default.</summary>
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

    private sealed class NoReplays : ITokenReplayCache
    {
        public bool TryAdd(string securityToken, DateTime expiresOn) => true;

        public bool TryFind(string securityToken) => false;
    }
}
