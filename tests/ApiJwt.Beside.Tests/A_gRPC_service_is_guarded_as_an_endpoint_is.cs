using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Authorization;

namespace Hudya.Tests.Beside;

public class A_gRPC_service_is_guarded_as_an_endpoint_is
{
    [Fact]
    public async Task And_takes_the_payload_in_its_constructor()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGrpcService<Service>(),
            builder => builder.Services.AddGrpc());

        (await ClientOf(app, GuardedApp.Issue()).AskAsync(new Empty(), cancellationToken: GuardedApp.Cancel)).Value.Should().Be("ann");
        (await ClientOf(app, GuardedApp.Issue("support", null, "support:mobile")).AskMobileAsync(new Empty(), cancellationToken: GuardedApp.Cancel)).Value.Should().Be("ann");
        (await StatusAsync(ClientOf(app, GuardedApp.Issue()).AskMobileAsync(new Empty(), cancellationToken: GuardedApp.Cancel))).Should().Be(StatusCode.PermissionDenied);
        (await StatusAsync(ClientOf(app, null).AskAsync(new Empty(), cancellationToken: GuardedApp.Cancel))).Should().Be(StatusCode.Unauthenticated);
    }

    private static WhoAmI.WhoAmIClient ClientOf(GuardedApp app, string? token)
    {
        HttpClient client = app.Client(token);
        return new(GrpcChannel.ForAddress(client.BaseAddress!, new GrpcChannelOptions { HttpClient = client }));
    }

    private static async Task<StatusCode> StatusAsync(AsyncUnaryCall<StringValue> call) =>
        (await FluentActions.Awaiting(() => call.ResponseAsync).Should().ThrowAsync<RpcException>()).Which.StatusCode;

    [Authorize]
    private sealed class Service(VerifiedPayload caller) : WhoAmI.WhoAmIBase
    {
        public override Task<StringValue> Ask(Empty request, ServerCallContext context) => Task.FromResult(new StringValue { Value = caller.Subject });

        [RequireScope("support:mobile")]
        public override Task<StringValue> AskMobile(Empty request, ServerCallContext context) => Ask(request, context);
    }
}
