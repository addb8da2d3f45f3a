using ApiJwts.Testing;
using Grpc.Core;
using Grpc.Net.Client;
using Hudya.Tests.AspNetCore.Quotes;

namespace Hudya.Tests.AspNetCore.Authorization;

/// <summary>Tests guards with a gRPC client.</summary>
public sealed class GrpcTests : IAsyncLifetime
{
    private const string Mobile = "support:mobile";

    private GuardedApp _app = null!;
    private GrpcChannel _channel = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await GuardedApp.StartAsync(
            app => app.MapGrpcService<GuardedQuotes>().RequireScope(Mobile),
            builder => builder.Services.TrustTestTokens().AddGrpc());
        HttpClient client = _app.Client();
        _channel = GrpcChannel.ForAddress(client.BaseAddress!, new GrpcChannelOptions { HttpClient = client, DisposeHttpClient = true });
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("Get", Mobile, 0, StatusCode.OK, "ann")]
    [InlineData("Get", "support:power", 0, StatusCode.PermissionDenied)]
    [InlineData("Get", null, 0, StatusCode.Unauthenticated)]
    [InlineData("Price", Mobile, 3.1, StatusCode.OK, "ann")]
    // The status of 401, because a stronger login helps (RFC 9470).
    [InlineData("Price", Mobile, 3.0, StatusCode.Unauthenticated)]
    [InlineData("Price", "support:power", 3.1, StatusCode.PermissionDenied)]
    [InlineData("Follow", Mobile, 0, StatusCode.OK, "ann 0, ann 1, ann 2")]
    [InlineData("Follow", "support:power", 0, StatusCode.PermissionDenied)]
    [InlineData("Follow", null, 0, StatusCode.Unauthenticated)]
    public async Task A_call_is_guarded_by_its_attributes_and_where_it_is_mapped(string method, string? scope, double level, StatusCode status, string answer = "")
    {
        Metadata headers = scope is null ? [] : Bearer(TestToken.Sign(token => token.Subject("ann").Scopes(scope).Level(level)));

        (await CallAsync(method, headers)).Should().Be((status, answer));
    }

    [Fact]
    public async Task The_challenge_is_in_the_headers_of_the_response()
    {
        using AsyncUnaryCall<Quote> call = Client.PriceAsync(new QuoteRequest(), Bearer(TestToken.Sign(token => token.Scopes(Mobile))), cancellationToken: GuardedApp.Cancel);

        (await call.ResponseHeadersAsync).GetValue("www-authenticate").Should().Contain("insufficient_user_authentication").And.Contain("acr_values=\"3.1\"");
    }

    [Fact]
    public async Task The_service_is_unavailable_without_a_key()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            [("JwksUri", "http://127.0.0.1:1/jwks.json")], app => app.MapGrpcService<GuardedQuotes>().RequireScope(Mobile), builder => builder.Services.AddGrpc());
        using HttpClient client = app.Client();
        using GrpcChannel channel = GrpcChannel.ForAddress(client.BaseAddress!, new GrpcChannelOptions { HttpClient = client });

        Func<Task> call = () => new QuoteService.QuoteServiceClient(channel).GetAsync(new QuoteRequest(), Bearer(GuardedApp.Issue("support", null, Mobile)), cancellationToken: GuardedApp.Cancel).ResponseAsync;

        (await call.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.Unavailable);
    }

    private QuoteService.QuoteServiceClient Client => new(_channel);

    private static Metadata Bearer(string token) => new() { { "Authorization", $"Bearer {token}" } };

    private async Task<(StatusCode Status, string Answer)> CallAsync(string method, Metadata headers)
    {
        var request = new QuoteRequest { Name = "power" };
        try
        {
            if (method == "Follow")
            {
                using AsyncServerStreamingCall<Quote> stream = Client.Follow(request, headers, cancellationToken: GuardedApp.Cancel);
                return (StatusCode.OK, string.Join(", ", await stream.ResponseStream.ReadAllAsync(GuardedApp.Cancel).Select(quote => quote.Text).ToListAsync(GuardedApp.Cancel)));
            }

            Quote answer = method == "Get"
                ? await Client.GetAsync(request, headers, cancellationToken: GuardedApp.Cancel)
                : await Client.PriceAsync(request, headers, cancellationToken: GuardedApp.Cancel);
            return (StatusCode.OK, answer.Text);
        }
        catch (RpcException refusal)
        {
            return (refusal.StatusCode, "");
        }
    }

    private sealed class GuardedQuotes : QuoteService.QuoteServiceBase
    {
        public override Task<Quote> Get(QuoteRequest request, ServerCallContext context) => Task.FromResult(Answer(context));

        [RequireLevel(3.1)]
        public override Task<Quote> Price(QuoteRequest request, ServerCallContext context) => Task.FromResult(Answer(context));

        public override async Task Follow(QuoteRequest request, IServerStreamWriter<Quote> responseStream, ServerCallContext context)
        {
            for (int i = 0; i < 3; i++)
                await responseStream.WriteAsync(new Quote { Text = $"{Answer(context).Text} {i}" }, context.CancellationToken);
        }

        private static Quote Answer(ServerCallContext context) => new() { Text = context.GetHttpContext().GetVerifiedPayload()!.Subject };
    }
}
