using ApiJwts.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Hosting;

namespace Hudya.Tests.AspNetCore.Payload;

/// <summary>Tests the payload as a scoped service, and the messages if there is no payload.</summary>
public class PayloadOfRequestTests
{
    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_singleton_cannot_keep_the_payload_of_a_request(bool isDevelopment)
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGet("/", (Cart cart) => cart.Owner).RequireAuthorization(),
            builder =>
            {
                builder.Services.AddSingleton<Cart>();
                builder.Host.UseDefaultServiceProvider(options => options.ValidateOnBuild = options.ValidateScopes = isDevelopment);
            });

        await FluentActions.Awaiting(() => app.GetAsync("/", GuardedApp.Issue())).Should().ThrowAsync<InvalidOperationException>()
            .WithMessage("*singleton*VerifiedPayload*scoped*GetVerifiedPayload*");
    }

    [Theory]
    [InlineData("/cart"), InlineData("/get-service"), InlineData("/middleware")]
    public async Task The_message_of_a_request_without_a_payload_says_how_to_guard_it(string path)
    {
        await using GuardedApp app = await StartAsync();

        await FluentActions.Awaiting(() => app.GetAsync(path)).Should().ThrowAsync<InvalidOperationException>()
            .WithMessage("*no VerifiedPayload*RequireAuthorization*GetVerifiedPayload*");
    }

    [Fact]
    public async Task The_message_outside_of_a_request_says_to_pass_the_payload_on()
    {
        await using GuardedApp app = await StartAsync();
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();

        scope.ServiceProvider.Invoking(services => services.GetRequiredService<Cart>()).Should().Throw<InvalidOperationException>()
            .WithMessage("*no VerifiedPayload*outside of a request*Pass*");
    }

    [Fact]
    public async Task The_payload_changes_with_the_user_of_the_request()
    {
        await using GuardedApp app = await StartWithSecondAsync("None", app => app.MapGet("/", async (HttpContext context) =>
        {
            VerifiedPayload? before = context.GetVerifiedPayload();
            VerifiedPayload first = await SignInAsync(context, "Bearer");
            VerifiedPayload second = await SignInAsync(context, "Second");
            return $"{before?.Subject ?? "nobody"}, {first.Subject}, {second.Subject}";
        }));

        (await AskAsAnnAndBobAsync(app)).Should().Be("nobody, ann, bob");

        static async Task<VerifiedPayload> SignInAsync(HttpContext context, string scheme)
        {
            context.User = (await context.AuthenticateAsync(scheme)).Principal!;
            return context.RequestServices.GetRequiredService<VerifiedPayload>();
        }
    }

    [Fact]
    public async Task The_payload_is_that_of_the_authorized_principal_even_if_it_was_read_earlier()
    {
        var seen = new List<string?>();
        await using GuardedApp app = await StartWithSecondAsync("Bearer", app =>
        {
            app.UseAuthentication();
            app.Use((context, next) =>
            {
                seen.Add(context.RequestServices.GetService<VerifiedPayload>()?.Subject);
                return next(context);
            });
            app.UseAuthorization();
            app.MapGet("/", (VerifiedPayload caller, HttpContext context, Cart cart) =>
                string.Join(", ", caller.Subject, context.GetVerifiedPayload()!.Subject, context.User.Identity!.Name, context.RequestServices.GetRequiredService<VerifiedPayload>().Subject, cart.Owner))
                .WithMetadata(new RequireScopeAttribute("support:mobile") { AuthenticationSchemes = "Second" });
        });

        (await AskAsAnnAndBobAsync(app)).Should().Be("bob, bob, bob, bob, bob");
        seen.Should().Equal("ann");
    }

    private static async Task<string> AskAsAnnAndBobAsync(GuardedApp app)
    {
        HttpClient client = app.Client().WithToken(token => token.Subject("ann"));
        client.DefaultRequestHeaders.Add("X-Second", TestToken.Sign(token => token.Subject("bob").Scopes("support:mobile")));
        return await client.GetStringAsync("/", GuardedApp.Cancel);
    }

    /// <summary>An app with a second scheme, which reads the token from another header.</summary>
    private static Task<GuardedApp> StartWithSecondAsync(string defaultScheme, Action<WebApplication> endpoints) => GuardedApp.StartAsync(endpoints, builder =>
    {
        builder.Services.AddScoped<Cart>().TrustTestTokens();
        builder.Services.AddAuthentication(defaultScheme).AddCookie("None").AddApiJwt<HudyaJwt>("Second", options => options.Events = new JwtBearerEvents
        {
            OnMessageReceived = context =>
            {
                context.Token = context.Request.Headers["X-Second"];
                return Task.CompletedTask;
            },
        });
    });

    private static Task<GuardedApp> StartAsync() => GuardedApp.StartAsync(
        app =>
        {
            app.Use((context, next) => context.Request.Path == "/middleware" ? context.Response.WriteAsync(context.RequestServices.GetRequiredService<VerifiedPayload>().Subject) : next(context));
            app.MapGet("/cart", (Cart cart) => cart.Owner).AllowAnonymous();
            app.MapGet("/get-service", (HttpContext context) => context.RequestServices.GetService<VerifiedPayload>()?.Subject);
        },
        builder => builder.Services.AddScoped<Cart>());
}
