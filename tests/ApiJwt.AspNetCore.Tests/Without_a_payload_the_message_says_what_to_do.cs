using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Mvc;

namespace Hudya.Tests.AspNetCore;

public class Without_a_payload_the_message_says_what_to_do
{
    /// <summary>Wherever a service that needs the caller is made for a request that has none.</summary>
    [Theory]
    [InlineData("/cart")]
    [InlineData("/get-service")]
    [InlineData("/middleware")]
    public async Task To_an_anonymous_endpoint(string path)
    {
        await using GuardedApp app = await StartAsync();

        Func<Task> ask = () => app.GetAsync(path);

        await ask.Should().ThrowAsync<InvalidOperationException>().WithMessage("*no VerifiedPayload*RequireAuthorization*GetVerifiedPayload*");
    }

    [Fact]
    public async Task While_a_controller_whose_constructor_needs_it_is_guarded()
    {
        await using GuardedApp app = await StartAsync();

        (await app.GetAsync("/constructor")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await app.GetTextAsync("/constructor", GuardedApp.Issue())).Should().Be("ann");
    }

    [Fact]
    public async Task To_a_background_task()
    {
        await using GuardedApp app = await StartAsync();
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();

        Action ask = () => scope.ServiceProvider.GetRequiredService<Cart>();

        ask.Should().Throw<InvalidOperationException>().WithMessage("*no VerifiedPayload*outside of a request*Pass*");
    }

    [Theory]
    [InlineData("/optional")]
    [InlineData("/optional-of-several")]
    [InlineData("/optional-action")]
    [InlineData("/optional-constructor")]
    public async Task But_where_none_is_expected_there_is_none(string path)
    {
        await using GuardedApp app = await StartAsync();

        (await app.GetTextAsync(path)).Should().Be("nobody");
        (await app.GetTextAsync(path, GuardedApp.Issue())).Should().Be("ann");
    }

    private static Task<GuardedApp> StartAsync() => GuardedApp.StartAsync(
        app =>
        {
            app.Use((context, next) => context.Request.Path == "/middleware" ? context.Response.WriteAsync(context.RequestServices.GetRequiredService<VerifiedPayload>().Subject) : next(context));
            app.MapGet("/cart", (Cart cart) => cart.Owner).AllowAnonymous();
            app.MapGet("/get-service", (HttpContext context) => context.RequestServices.GetService<VerifiedPayload>()?.Subject);
            app.MapGet("/optional", ([FromServices] VerifiedPayload? caller) => caller?.Subject ?? "nobody");
            app.MapGet("/optional-of-several", ([AsParameters] Several several) => several.Caller?.Subject ?? "nobody");
            app.MapControllers();
        },
        builder => builder.Services.AddScoped<Cart>().AddControllers().AddApplicationPart(typeof(NeedyController).Assembly));

    private sealed class Cart(VerifiedPayload owner)
    {
        public string Owner => owner.Subject;
    }

    private sealed record Several([FromServices] VerifiedPayload? Caller, string? Text);
}

public sealed class NeedyController(VerifiedPayload caller) : Controller
{
    [HttpGet("/constructor")]
    public string Get() => caller.Subject;
}

public sealed class ContentController(VerifiedPayload? caller = null) : Controller
{
    [HttpGet("/optional-constructor")]
    public string Get() => caller?.Subject ?? "nobody";

    [HttpGet("/optional-action")]
    public string GetAction([FromServices] VerifiedPayload? caller) => caller?.Subject ?? "nobody";
}
