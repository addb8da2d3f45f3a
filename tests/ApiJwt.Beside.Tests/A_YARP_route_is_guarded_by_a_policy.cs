using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Yarp.ReverseProxy.Configuration;

namespace Hudya.Tests.Beside;

public class A_YARP_route_is_guarded_by_a_policy
{
    [Fact]
    public async Task A_policy_guards_a_YARP_route_and_the_API_verifies_the_token_again()
    {
        await using GuardedApp api = await GuardedApp.StartAsync(
            app => app.MapGet("/{**path}", (VerifiedPayload me) => me.Subject),
            builder => builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0"));
        string address = api.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        await using GuardedApp gateway = await GuardedApp.StartAsync(
            app => app.MapReverseProxy(),
            builder =>
            {
                builder.Services.AddAuthorizationBuilder().AddPolicy("mobile", policy => policy.RequireScope("support:mobile"));
                builder.Services.AddReverseProxy().LoadFromMemory(
                    [
                        new RouteConfig { RouteId = "mobile", ClusterId = "api", Match = new RouteMatch { Path = "/mobile" }, AuthorizationPolicy = "mobile" },
                        new RouteConfig { RouteId = "open", ClusterId = "api", Match = new RouteMatch { Path = "/open" } },
                    ],
                    [new ClusterConfig { ClusterId = "api", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = address } } }]);
            });

        (await gateway.GetTextAsync("/mobile", GuardedApp.Issue("support", null, "support:mobile"))).Should().Be("ann");
        (await gateway.GetAsync("/mobile", GuardedApp.Issue())).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await gateway.GetAsync("/mobile")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await gateway.GetAsync("/open")).StatusCode.Should().Be(HttpStatusCode.Unauthorized, "the API behind the gateway has its own guard");
    }
}
