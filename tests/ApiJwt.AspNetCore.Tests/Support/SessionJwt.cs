namespace Hudya.Tests.AspNetCore.Support;

/// <summary>A class whose tokens can be revoked. By default it has the private key of <see cref="TestKeys.Ours"/>.</summary>
public sealed class SessionJwt : ApiJwt
{
    public SessionJwt(ApiJwtOptions options)
        : base(options)
    {
        Policy.AllowKey("user", issuer: "auth_user", scopes: []);
        Policy.AllowKey("admin", issuer: "auth_admin", scopes: []);
        Policy.WriteTokenId();
        Policy.WriteIssuedAt();
    }

    /// <summary>Starts an app whose only scheme verifies with this class. The class can also issue tokens.</summary>
    public static Task<GuardedApp> StartAsync(Action<WebApplication> endpoints, Action<ApiJwtOptions>? configure = null, Action<WebApplicationBuilder>? services = null) =>
        GuardedApp.StartAsync<SessionJwt>(
            endpoints,
            options =>
            {
                options.PrivateKey = TestKeys.Ours.PrivateKeyPem;
                configure?.Invoke(options);
            },
            services);
}
