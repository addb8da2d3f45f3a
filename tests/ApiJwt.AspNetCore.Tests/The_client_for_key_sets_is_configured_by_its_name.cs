using Hudya.Tests.AspNetCore.Support;
using Microsoft.Extensions.Configuration;

namespace Hudya.Tests.AspNetCore;

public sealed class The_client_for_key_sets_is_configured_by_its_name : IAsyncLifetime
{
    private const string Somewhere = "https://auth.example/.well-known/jwks.json";

    private AuthService _auth = null!;

    public async ValueTask InitializeAsync() => _auth = await AuthService.StartAsync(TestKeys.Ours);

    public ValueTask DisposeAsync() => _auth.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_the_primary_handler_of_a_test(bool isFirst)
    {
        void UseHandler(IServiceCollection services) =>
            services.AddHttpClient(ApiJwtDefaults.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => new Publisher(_auth.Jwt));

        await using GuardedApp app = await StartAsync(Somewhere, isFirst ? UseHandler : null, isFirst ? null : UseHandler);

        (await app.GetAsync("/", _auth.Issue())).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task With_a_handler_for_resilience()
    {
        int failures = 2;
        _auth.Answer = context =>
        {
            bool isOver = Interlocked.Decrement(ref failures) < 0;
            context.Response.StatusCode = isOver ? 200 : 500;
            return isOver ? context.Response.WriteAsync(_auth.Jwt.Keys.ToJwks()) : Task.CompletedTask;
        };

        await using GuardedApp app = await StartAsync(
            _auth.KeySet.ToString(), services => services.AddHttpClient(ApiJwtDefaults.HttpClientName).AddHttpMessageHandler(() => new Retry()));

        (await app.GetAsync("/", _auth.Issue())).StatusCode.Should().Be(HttpStatusCode.OK);
        app.Log.Lines.Should().NotContain(line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_service_discovery(bool isForAllClients)
    {
        await using GuardedApp app = await StartAsync("https+http://auth/.well-known/jwks.json", services =>
        {
            services.AddServiceDiscovery();
            if (isForAllClients)
                services.ConfigureHttpClientDefaults(client => client.AddServiceDiscovery());
            else
                services.AddHttpClient(ApiJwtDefaults.HttpClientName).AddServiceDiscovery();
        });

        (await app.GetAsync("/", _auth.Issue())).StatusCode.Should().Be(HttpStatusCode.OK);
        _auth.Fetches.Should().Be(1);
    }

    /// <summary>The server has two names, and only one of them is in the settings.</summary>
    [Fact]
    public async Task But_an_answer_to_which_it_was_redirected_is_refused()
    {
        _auth.Answer = context =>
        {
            context.Response.Redirect($"http://localhost:{_auth.KeySet.Port}{AuthService.Elsewhere}");
            return Task.CompletedTask;
        };
        await using GuardedApp app = await StartAsync(
            _auth.KeySet.ToString(), services => services.AddHttpClient(ApiJwtDefaults.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler()));

        (await app.GetAsync("/", _auth.Issue())).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        _auth.VisitsElsewhere.Should().BePositive();
        app.Log.Lines.Should().Contain(line => line.Contains("led to another scheme, host or port", StringComparison.Ordinal));
    }

    [Fact]
    public async Task And_logs_no_request_unless_it_is_told_to()
    {
        await using (GuardedApp quiet = await StartAsync(_auth.KeySet.ToString()))
        {
            await quiet.GetAsync("/", _auth.Issue());
            quiet.Log.Lines.Should().NotContain(line => line.Contains("HTTP request", StringComparison.Ordinal));
        }

        await using GuardedApp talkative = await StartAsync(
            _auth.KeySet.ToString(), after: services => services.AddHttpClient(ApiJwtDefaults.HttpClientName).AddDefaultLogger());
        await talkative.GetAsync("/", _auth.Issue());
        talkative.Log.Lines.Should().Contain(line => line.Contains("HTTP request", StringComparison.Ordinal));
    }

    private Task<GuardedApp> StartAsync(string address, Action<IServiceCollection>? before = null, Action<IServiceCollection>? after = null) =>
        GuardedApp.StartBareAsync(
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

    private sealed class Retry : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage answer;
            do
                answer = await base.SendAsync(request, cancellationToken);
            while (!answer.IsSuccessStatusCode);
            return answer;
        }
    }
}
