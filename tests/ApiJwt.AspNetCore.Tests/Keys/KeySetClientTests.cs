using Microsoft.Extensions.Configuration;

namespace Hudya.Tests.AspNetCore.Keys;

/// <summary>Tests that an application can configure the HTTP client for key sets by its name.</summary>
public sealed class KeySetClientTests : IAsyncLifetime
{
    private AuthService _auth = null!;

    public async ValueTask InitializeAsync() => _auth = await AuthService.StartAsync(TestKeys.Ours);

    public ValueTask DisposeAsync() => _auth.DisposeAsync();

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_primary_handler_of_the_application_is_used_in_every_order_of_registration(bool isFirst)
    {
        void UseHandler(IServiceCollection services) =>
            services.AddHttpClient(ApiJwtDefaults.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => new Publisher(_auth.Jwt));

        await using GuardedApp app = await StartAsync("https://auth.example/.well-known/jwks.json", isFirst ? UseHandler : null, isFirst ? null : UseHandler);

        (await app.StatusOfAsync("/", _auth.Issue())).Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Service_discovery_resolves_the_address_for_this_client_or_for_all(bool isForAllClients)
    {
        await using GuardedApp app = await StartAsync("https+http://auth/.well-known/jwks.json", services =>
        {
            services.AddServiceDiscovery();
            if (isForAllClients)
                services.ConfigureHttpClientDefaults(client => client.AddServiceDiscovery());
            else
                services.AddHttpClient(ApiJwtDefaults.HttpClientName).AddServiceDiscovery();
        });

        (await app.StatusOfAsync("/", _auth.Issue())).Should().Be(HttpStatusCode.OK);
        _auth.Fetches.Should().Be(1);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Requests_for_key_sets_are_logged_only_if_the_application_asks_for_it(bool isLogged)
    {
        await using GuardedApp app = await StartAsync(
            _auth.KeySet.ToString(), after: isLogged ? services => services.AddHttpClient(ApiJwtDefaults.HttpClientName).AddDefaultLogger() : null);

        await app.GetAsync("/", _auth.Issue());

        app.Log.Lines.Any(line => line.Contains("HTTP request", StringComparison.Ordinal)).Should().Be(isLogged);
    }

    private Task<GuardedApp> StartAsync(string address, Action<IServiceCollection>? before = null, Action<IServiceCollection>? after = null) => GuardedApp.StartBareAsync(
        app => app.MapGet("/", () => "").RequireKey("support"),
        builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("Jwt:JwksUri", address), new("Services:auth:http:0", _auth.KeySet.GetLeftPart(UriPartial.Authority))]);
            before?.Invoke(builder.Services);
            builder.Services.AddApiJwt<HudyaJwt>("Jwt");
            builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
            builder.Services.AddAuthorization();
            after?.Invoke(builder.Services);
        });

    private sealed class Publisher(HudyaJwt jwt) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StringContent(jwt.Keys.ToJwks()) });
    }
}
