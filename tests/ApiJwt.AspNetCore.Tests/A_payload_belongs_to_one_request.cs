using ApiJwts.Testing;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Authentication;
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task So_that_no_singleton_can_keep_it(bool isDevelopment)
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGet("/", (Cart cart) => cart.Owner).RequireAuthorization(),
            builder =>
            {
                builder.Services.AddSingleton<Cart>();
                builder.Host.UseDefaultServiceProvider(options => options.ValidateOnBuild = options.ValidateScopes = isDevelopment);
            });

        Func<Task> ask = () => app.GetAsync("/", GuardedApp.Issue());

        await ask.Should().ThrowAsync<InvalidOperationException>().WithMessage("*singleton*VerifiedPayload*scoped*GetVerifiedPayload*");
    }

    [Fact]
    public async Task And_to_the_user_of_the_request_who_may_change_in_its_course()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGet("/", async (HttpContext context) =>
            {
                VerifiedPayload? before = context.GetVerifiedPayload();
                VerifiedPayload first = await SignInAsync(context, "Bearer");
                VerifiedPayload second = await SignInAsync(context, "Second");
                return $"{before?.Subject ?? "nobody"}, {first.Subject}, {second.Subject}";
            }),
            builder =>
            {
                builder.Services.AddAuthentication("None").AddCookie("None").AddApiJwt<HudyaJwt>("Second", options => options.Events.OnMessageReceived = context =>
                {
                    context.Token = context.Request.Headers["X-Second"];
                    return Task.CompletedTask;
                });
                builder.Services.TrustTestTokens();
            });
        HttpClient client = app.Client().WithToken(token => token.Subject("ann"));
        client.DefaultRequestHeaders.Add("X-Second", TestToken.Sign(token => token.Subject("bob")));

        (await client.GetStringAsync("/", GuardedApp.Cancel)).Should().Be("nobody, ann, bob");

        static async Task<VerifiedPayload> SignInAsync(HttpContext context, string scheme)
        {
            context.User = (await context.AuthenticateAsync(scheme)).Principal!;
            return context.RequestServices.GetRequiredService<VerifiedPayload>();
        }
    }

    [Fact]
    public async Task And_to_the_principal_that_the_request_was_authorized_as_even_if_a_middleware_asked_before()
    {
        var seen = new List<string?>();
        await using GuardedApp app = await GuardedApp.StartAsync(
            app =>
            {
                app.UseAuthentication();
                app.Use(async (context, next) =>
                {
                    seen.Add(context.RequestServices.GetService<VerifiedPayload>()?.Subject);
                    await next(context);
                });
                app.UseAuthorization();
                app.MapGet("/", (VerifiedPayload caller, HttpContext context, Cart cart) =>
                    string.Join(", ", caller.Subject, context.GetVerifiedPayload()!.Subject, context.User.Identity!.Name, context.RequestServices.GetRequiredService<VerifiedPayload>().Subject, cart.Owner))
                    .WithMetadata(new RequireScopeAttribute("support:mobile") { AuthenticationSchemes = "Second" });
            },
            builder =>
            {
                builder.Services.AddScoped<Cart>();
                builder.Services.AddAuthentication("Bearer").AddApiJwt<HudyaJwt>("Second", options => options.Events.OnMessageReceived = context =>
                {
                    context.Token = context.Request.Headers["X-Second"];
                    return Task.CompletedTask;
                });
                builder.Services.TrustTestTokens();
            });
        HttpClient client = app.Client().WithToken(token => token.Subject("ann"));
        client.DefaultRequestHeaders.Add("X-Second", TestToken.Sign(token => token.Subject("bob").Scopes("support:mobile")));

        (await client.GetStringAsync("/", GuardedApp.Cancel)).Should().Be("bob, bob, bob, bob, bob");
        seen.Should().Equal("ann");
    }

    private sealed class Cart(VerifiedPayload owner)
    {
        public string Owner => owner.Subject;
    }
}
