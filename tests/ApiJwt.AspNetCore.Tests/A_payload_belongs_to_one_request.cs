using Hudya.Tests.AspNetCore.Support;
using Microsoft.Extensions.Hosting;

namespace Hudya.Tests.AspNetCore;

public class A_payload_belongs_to_one_request
{
    [Fact]
    public async Task Which_whoever_is_made_for_it_can_ask_for()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGet("/", (Cart cart) => cart.Owner).RequireAuthorization(),
            builder => builder.Services.AddScoped<Cart>());

        (await app.GetTextAsync("/", GuardedApp.Issue())).Should().Be("ann");
    }

    [Fact]
    public async Task So_that_no_singleton_can_keep_it_which_the_framework_says_in_development()
    {
        Func<Task> start = () => GuardedApp.StartAsync(_ => { }, builder =>
        {
            builder.Services.AddSingleton<Cart>();
            builder.Host.UseDefaultServiceProvider(options => options.ValidateOnBuild = options.ValidateScopes = true);
        });

        await start.Should().ThrowAsync<AggregateException>().WithMessage("*scoped*VerifiedPayload*singleton*");
    }

    [Fact]
    public async Task Nor_in_production_where_the_framework_does_not_look()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGet("/", (Cart cart) => cart.Owner).RequireAuthorization(),
            builder =>
            {
                builder.Services.AddSingleton<Cart>();
                builder.Host.UseDefaultServiceProvider(options => options.ValidateScopes = false);
            });

        Func<Task> ask = () => app.GetAsync("/", GuardedApp.Issue());

        await ask.Should().ThrowAsync<InvalidOperationException>().WithMessage("*singleton*VerifiedPayload*scoped*GetVerifiedPayload*");
    }

    private sealed class Cart(VerifiedPayload owner)
    {
        public string Owner => owner.Subject;
    }
}
