namespace Hudya.Tests.AspNetCore.Support;

/// <summary>A class whose tokens can be withdrawn, with the private key of <see cref="TestKeys.Ours"/> unless it is told otherwise.</summary>
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

    /// <summary>An app whose one scheme verifies with this class, which issues tokens as well.</summary>
    public static Task<GuardedApp> StartAsync(Action<WebApplication> endpoints, Action<ApiJwtOptions>? configure = null, Action<WebApplicationBuilder>? services = null) =>
        GuardedApp.StartBareAsync(endpoints, builder =>
        {
            builder.Services.AddApiJwt<SessionJwt>(options =>
            {
                options.PrivateKey = TestKeys.Ours.PrivateKeyPem;
                configure?.Invoke(options);
            });
            builder.Services.AddAuthentication().AddApiJwt<SessionJwt>();
            builder.Services.AddAuthorization();
            services?.Invoke(builder);
        });
}
