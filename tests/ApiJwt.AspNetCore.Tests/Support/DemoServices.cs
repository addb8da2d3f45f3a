namespace Hudya.Tests.AspNetCore.Support;

/// <summary>The two demo services, each in its own process. The API fetches the keys of the auth service.</summary>
public sealed class DemoServices : IAsyncLifetime
{
    public Service Auth { get; private set; } = null!;

    public Service Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Auth = await Service.StartAsync("ApiJwt.Demo.Auth", []);
        Api = await Service.StartAsync("ApiJwt.Demo.Api", ["--environment=Development", $"--Jwt:JwksUri={Auth.At("/.well-known/jwks.json")}"]);
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await Auth.DisposeAsync();
    }
}
