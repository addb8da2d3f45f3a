using System.Threading.Channels;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.Extensions.Hosting;

namespace Hudya.Tests.AspNetCore;

/// <summary>On the generic host, with nothing but the core: no scheme, no request, no hosted service of ours.</summary>
public class A_worker_verifies_without_a_pipeline
{
    [Fact]
    public async Task From_its_first_token_on_and_after_a_rotation_at_the_first_token_of_the_new_key()
    {
        await using AuthService auth = await AuthService.StartAsync(TestKeys.Ours);
        var queue = Channel.CreateUnbounded<string>();
        var results = Channel.CreateUnbounded<DecodeResult>();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(new HudyaJwt(new ApiJwtOptions { JwksUri = auth.KeySet }));
        builder.Services.AddSingleton(queue.Reader).AddSingleton(results.Writer).AddHostedService<Worker>();
        using IHost host = builder.Build();
        await host.StartAsync(GuardedApp.Cancel);

        queue.Writer.TryWrite(auth.Issue());
        (await results.Reader.ReadAsync(GuardedApp.Cancel)).Failure.Should().Be(TokenFailure.None);
        auth.Jwt.Keys.Rotate(TestKeys.Second.PrivateKeyPem);
        queue.Writer.TryWrite(auth.Issue());
        (await results.Reader.ReadAsync(GuardedApp.Cancel)).Failure.Should().Be(TokenFailure.None);

        auth.Fetches.Should().Be(2);
        await host.StopAsync(GuardedApp.Cancel);
    }

    private sealed class Worker(HudyaJwt jwt, ChannelReader<string> queue, ChannelWriter<DecodeResult> results) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await foreach (string token in queue.ReadAllAsync(stoppingToken))
                results.TryWrite(await jwt.DecodeAsync(token, stoppingToken));
        }
    }
}
