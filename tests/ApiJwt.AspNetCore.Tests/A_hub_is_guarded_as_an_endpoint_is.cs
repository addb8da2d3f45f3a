using ApiJwts.Testing;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.SignalR;

namespace Hudya.Tests.AspNetCore;

public class A_hub_is_guarded_as_an_endpoint_is
{
    [Theory]
    [InlineData("support:mobile", 3.1, HttpStatusCode.OK)]
    [InlineData("support:power", 3.1, HttpStatusCode.Forbidden)]
    [InlineData("support:mobile", 3.0, HttpStatusCode.Unauthorized)]
    public async Task By_its_attributes_and_where_it_is_mapped(string scope, double level, HttpStatusCode expected)
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapHub<ChatHub>("/chat").RequireScope("support:mobile"),
            builder => builder.Services.TrustTestTokens().AddSignalR());
        HttpClient client = app.Client().WithToken(token => token.Scopes(scope).Level(level));

        HttpResponseMessage answer = await client.PostAsync("/chat/negotiate?negotiateVersion=1", null, GuardedApp.Cancel);

        answer.StatusCode.Should().Be(expected);
    }

    [RequireLevel(3.1)]
    private sealed class ChatHub : Hub;
}
