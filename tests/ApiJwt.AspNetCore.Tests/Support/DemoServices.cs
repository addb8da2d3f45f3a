namespace Hudya.Tests.AspNetCore.Support;

/// <summary>The two demo services, each in its own process. The API fetches the keys of the auth service.</summary>
public sealed class DemoServices : IAsyncDisposable
{
    private DemoServices(Service auth, Service api)
    {
        Auth = auth;
        Api = api;
    }

    public Service Auth { get; }

    public Service Api { get; }

    public static async Task<DemoServices> StartAsync(params string[] apiSettings)
    {
        Service auth = await Service.StartAsync("ApiJwt.Demo.Auth");
        return new DemoServices(auth, await Service.StartAsync("ApiJwt.Demo.Api", [$"--Jwt:JwksUri={auth.At("/.well-known/jwks.json")}", .. apiSettings]));
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await Auth.DisposeAsync();
    }
}
