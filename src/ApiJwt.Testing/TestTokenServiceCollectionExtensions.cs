using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ApiJwts.Testing;

/// <summary>Makes the service under test trust the tokens of its tests.</summary>
public static class TestTokenServiceCollectionExtensions
{
    /// <summary>
    /// Replaces the keys of every <see cref="ApiJwt"/> that <c>AddApiJwt</c> registered by a key pair that is generated for this test run, and
    /// the list of revoked tokens by the tokens of <see cref="TestToken.Revoked"/>. The service does not ask an auth service. All other settings are kept, and
    /// tokens are verified as in production.
    /// </summary>
    /// <param name="services">The services of the application under test, such as in <c>ConfigureServices</c> of its test host.</param>
    /// <returns>The same services, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    public static IServiceCollection TrustTestTokens(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton<IHostedService>(provider =>
        {
            ApiJwt[] classes = [.. Classes(services, provider)];
            Array.ForEach(classes, KeysUnderTest.Add);
            return new RevokedTestTokens(classes.Select(jwt => jwt.Revocations));
        });
        return services.PostConfigureAll<ApiJwtOptions>(options =>
        {
            options.PublicKeys.Clear();
            options.PublicKeyFiles.Clear();
            options.PrivateKeyFile = null;
            options.CertificateFile = null;
            options.CertificatePassword = null;
            options.JwksUri = null;
            options.RevocationsUri = null;
            options.Signer = null;
            // A service that issues tokens signs them with the key that it trusts.
            options.PrivateKey = TestToken.Trusted.PrivateKeyPem;
        });
    }

    // Called at start, when all classes are registered.
    private static IEnumerable<ApiJwt> Classes(IServiceCollection services, IServiceProvider provider) =>
        services.Select(service => service.ServiceType).Where(type => type.IsSubclassOf(typeof(ApiJwt))).Distinct().ToArray()
            .Select(type => (ApiJwt)provider.GetRequiredService(type));
}
