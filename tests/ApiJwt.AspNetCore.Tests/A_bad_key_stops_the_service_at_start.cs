using Hudya.Tests.AspNetCore.Support;
using Microsoft.Extensions.Configuration;

namespace Hudya.Tests.AspNetCore;

public class A_bad_key_stops_the_service_at_start
{
    [Theory]
    [InlineData("Jwt:PublicKeys:0", "no key", "Jwt:PublicKeys[0]*")]
    [InlineData("Jwt:PublicKeys", "no key", "Jwt:PublicKeys[0]*")]
    [InlineData("Jwt:PrivateKey", "no key", "Jwt:PrivateKey*")]
    [InlineData("Jwt:TimeToLive", "00:00:00", "Jwt:TimeToLive*")]
    [InlineData("Jwt:JwksUri", "http://auth.example/jwks", "Jwt:JwksUri*https*")]
    [InlineData("Other:PrivateKey", "in another section", "*Jwt:PublicKeys or Jwt:JwksUri*Jwt:PrivateKey*")]
    public async Task By_the_name_of_its_setting(string setting, string value, string expected)
    {
        Func<Task> start = () => StartAsync(builder =>
        {
            builder.Configuration.AddInMemoryCollection([new(setting, value)]);
            builder.Services.AddApiJwt<HudyaJwt>("Jwt");
        });

        (await start.Should().ThrowAsync<ApiJwtException>().WithMessage(expected)).Which.Message.Should().NotContain(value);
    }

    [Fact]
    public async Task Given_as_a_configuration_too()
    {
        Func<Task> start = () => StartAsync(builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("Auth:Jwt:PrivateKey", "no key")]);
            builder.Services.AddApiJwt<HudyaJwt>(builder.Configuration.GetSection("Auth:Jwt"));
        });

        await start.Should().ThrowAsync<ApiJwtException>().WithMessage("Auth:Jwt:PrivateKey*");
    }

    [Fact]
    public async Task Given_as_a_whole_configuration_too()
    {
        Func<Task> start = () => StartAsync(builder => builder.Services.AddApiJwt<HudyaJwt>(
            new ConfigurationBuilder().AddInMemoryCollection([new("PrivateKey", "no key")]).Build()));

        await start.Should().ThrowAsync<ApiJwtException>().WithMessage("PrivateKey:*");
    }

    [Fact]
    public async Task Made_in_code_too()
    {
        Func<Task> start = () => StartAsync(builder => builder.Services.AddApiJwt<HudyaJwt>(options => options.PublicKeys.Add("no key")));

        await start.Should().ThrowAsync<ApiJwtException>().WithMessage("ApiJwtOptions.PublicKeys[0]*");
    }

    [Fact]
    public async Task A_good_key_starts_it_from_any_of_the_three()
    {
        await StartAsync(builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("Jwt:PublicKeys", TestKeys.Ours.PublicKeyForEnvironment)]);
            builder.Services.AddApiJwt<HudyaJwt>("Jwt");
        });
        await StartAsync(builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("Jwt:PrivateKey", TestKeys.Ours.PrivateKeyPem)]);
            builder.Services.AddApiJwt<HudyaJwt>(builder.Configuration.GetSection("Jwt"));
        });
        await StartAsync(builder => builder.Services.AddApiJwt<HudyaJwt>(options => options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem)));
    }

    [Fact]
    public async Task A_class_is_registered_once_and_says_so()
    {
        Func<Task> start = () => StartAsync(builder => builder.Services.AddApiJwt<HudyaJwt>("Jwt").AddApiJwt<HudyaJwt>("Jwt2"));

        await start.Should().ThrowAsync<InvalidOperationException>().WithMessage("*HudyaJwt*once*");
    }

    [Fact]
    public async Task A_scheme_without_its_class_says_what_to_register()
    {
        Func<Task> start = () => GuardedApp.StartBareAsync(
            app => app.MapGet("/", () => "").RequireScope("NO"),
            builder =>
            {
                builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
                builder.Services.AddAuthorization();
            });

        await start.Should().ThrowAsync<InvalidOperationException>().WithMessage("*AddApiJwt<HudyaJwt>*");
    }

    private static async Task StartAsync(Action<WebApplicationBuilder> services)
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(_ => { }, services);
        app.Services.GetRequiredService<HudyaJwt>().Should().BeSameAs(app.Services.GetRequiredService<HudyaJwt>());
    }
}
