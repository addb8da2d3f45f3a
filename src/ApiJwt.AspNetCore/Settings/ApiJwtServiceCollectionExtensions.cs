using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using ApiJwts.AspNetCore.Keys;
using ApiJwts.AspNetCore.Revoking;
using ApiJwts.AspNetCore.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiJwts.AspNetCore;

/// <summary>Registers a class derived from <see cref="ApiJwt"/> with the services of an application.</summary>
public static class ApiJwtServiceCollectionExtensions
{
    /// <summary>Registers <typeparamref name="T"/> as a singleton, and reads its settings from a section of the configuration.</summary>
    /// <remarks>
    /// If a setting or a key cannot be used, the application does not start and throws an <see cref="ApiJwtException"/>. When the configuration
    /// changes, the new keys are applied without a restart. If the new keys cannot be used, an error is logged, and the previous keys stay in
    /// use. All other settings are read only at start, and a change to them is logged as a warning.
    /// </remarks>
    /// <typeparam name="T">Your class. Its constructor takes an <see cref="ApiJwtOptions"/> and, if needed, other registered services.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="sectionName">
    /// The path of the section, such as <c>Jwt</c>. If the section has no settings, the application does not start. Only the section <c>Jwt</c>
    /// may have none, if all settings are set in code.
    /// </param>
    /// <param name="configure">Changes the settings after they are read from the section.</param>
    /// <returns>The same services, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="sectionName"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="sectionName"/> is empty or consists of white space.</exception>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is already registered, or has no public constructor that takes an <see cref="ApiJwtOptions"/>.</exception>
    public static IServiceCollection AddApiJwt<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services, string sectionName, Action<ApiJwtOptions>? configure = null)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(sectionName);
        return services.AddApiJwt<T>(provider => provider.GetRequiredService<IConfiguration>().GetSection(sectionName), configure);
    }

    /// <summary>Registers <typeparamref name="T"/> as a singleton, and reads its settings from the given configuration.</summary>
    /// <inheritdoc cref="AddApiJwt{T}(IServiceCollection, string, Action{ApiJwtOptions}?)" path="/remarks"/>
    /// <typeparam name="T">Your class. Its constructor takes an <see cref="ApiJwtOptions"/> and, if needed, other registered services.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configuration">
    /// The configuration that contains the settings, usually a section, which must have settings unless it is <c>Jwt</c>. A list that several
    /// sources write, and a value that a later source empties, are refused if the configuration is a root or a section of the application's
    /// configuration.
    /// </param>
    /// <param name="configure">Changes the settings after they are read from the configuration.</param>
    /// <returns>The same services, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="configuration"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is already registered, or has no public constructor that takes an <see cref="ApiJwtOptions"/>.</exception>
    public static IServiceCollection AddApiJwt<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services, IConfiguration configuration, Action<ApiJwtOptions>? configure = null)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddApiJwt<T>(_ => configuration, configure);
    }

    /// <summary>Registers <typeparamref name="T"/> as a singleton, and sets its settings in code.</summary>
    /// <typeparam name="T">Your class. Its constructor takes an <see cref="ApiJwtOptions"/> and, if needed, other registered services.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the settings.</param>
    /// <returns>The same services, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="configure"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is already registered, or has no public constructor that takes an <see cref="ApiJwtOptions"/>.</exception>
    public static IServiceCollection AddApiJwt<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services, Action<ApiJwtOptions> configure)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddApiJwt<T>(section: null, configure);
    }

    private static IServiceCollection AddApiJwt<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services, Func<IServiceProvider, IConfiguration>? section, Action<ApiJwtOptions>? configure)
        where T : ApiJwt
    {
        if (services.Any(service => service.ServiceType == typeof(T)))
            throw new InvalidOperationException($"{typeof(T).Name} is already registered. Call AddApiJwt<{typeof(T).Name}> once. For other keys, derive another class.");
        if (!Array.Exists(typeof(T).GetConstructors(), constructor => Array.Exists(constructor.GetParameters(), parameter => parameter.ParameterType == typeof(ApiJwtOptions))))
            throw new InvalidOperationException($"{typeof(T).Name} needs a public constructor that takes its settings: public {typeof(T).Name}(ApiJwtOptions options) : base(options).");
        string name = SettingsOf<T>.Name;
        OptionsBuilder<ApiJwtOptions> settings = services.AddOptions<ApiJwtOptions>(name);
        if (section is not null)
        {
            settings.Configure<IServiceProvider>((options, provider) =>
            {
                IConfiguration read = section(provider);
                SettingsSection.Read(options, read, new ConfigurationSources(read is IConfigurationRoot ? read : provider.GetService<IConfiguration>()));
            });
            services.AddSingleton<IOptionsChangeTokenSource<ApiJwtOptions>>(provider => new ConfigurationChangeTokenSource<ApiJwtOptions>(name, section(provider)));
        }

        settings.Configure(configure ?? (_ => { })).PostConfigure<IServiceProvider>(CompleteFromServices);
        // The fetcher logs each change, so log lines for each request would add nothing.
        services.AddHttpClient(ApiJwtDefaults.HttpClientName).RemoveAllLoggers();
        services.Configure<HttpClientFactoryOptions>(ApiJwtDefaults.HttpClientName, UseSafeHandler);
        services.AddSingleton<SettingsOf<T>>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<T>(provider, provider.GetRequiredService<SettingsOf<T>>().CreateForClass()));
        services.AddHostedService<SettingsFollower<T>>();
        services.AddHostedService<KeyRefresher<T>>();
        services.AddHostedService<RevocationRefresher<T>>();
        return services;
    }

    /// <summary>Inserts the handler before the application's own configuration of the client, in whichever order they are registered.</summary>
    private static void UseSafeHandler(HttpClientFactoryOptions client) => client.HttpMessageHandlerBuilderActions.Insert(
        0, builder => builder.PrimaryHandler = new SocketsHttpHandler { AllowAutoRedirect = false, Proxy = new TlsOnlyProxy() });

    private static void CompleteFromServices(ApiJwtOptions options, IServiceProvider provider)
    {
        if (provider.GetServices<IConfigureOptions<ApiJwtOptions>>().OfType<ConfigureNamedOptions<ApiJwtOptions>>().Any(other => other.Name == Options.DefaultName))
            throw new ApiJwtException("services.Configure<ApiJwtOptions> without a name has no effect, because each class has its own named options. Pass the settings to AddApiJwt, or use ConfigureAll<ApiJwtOptions> for all classes.");
        options.MeterFactory ??= provider.GetService<IMeterFactory>();
        options.LoggerFactory ??= provider.GetService<ILoggerFactory>();
        options.CreateHttpClient ??= () => provider.GetRequiredService<IHttpClientFactory>().CreateClient(ApiJwtDefaults.HttpClientName);
        if (options.TimeProvider == TimeProvider.System && provider.GetService<TimeProvider>() is { } time)
            options.TimeProvider = time;
    }
}
