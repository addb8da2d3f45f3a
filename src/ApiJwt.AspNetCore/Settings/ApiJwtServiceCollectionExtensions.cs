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
    /// <summary>Registers <typeparamref name="T"/> as a singleton whose settings are in a section of the configuration.</summary>
    /// <remarks>
    /// The application does not start with settings or keys that cannot be used: it ends with an <see cref="ApiJwtException"/>. When the
    /// configuration changes, its keys are taken over while requests run; keys that cannot be used are logged as an error, and change
    /// nothing. Other settings are read once, and a change of them is logged as a warning.
    /// </remarks>
    /// <typeparam name="T">Your class. Its constructor takes an <see cref="ApiJwtOptions"/>, and what else the services have.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="sectionName">
    /// The path of the section, such as <c>Jwt</c>. The application does not start if the section has no settings; only <c>Jwt</c> itself may
    /// have none, where all settings are made in code.
    /// </param>
    /// <param name="configure">Changes the settings after they were read from the section.</param>
    /// <returns>The services, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="sectionName"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is registered already, or has no constructor for settings.</exception>
    public static IServiceCollection AddApiJwt<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services, string sectionName, Action<ApiJwtOptions>? configure = null)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(sectionName);
        return services.AddApiJwt<T>(provider => provider.GetRequiredService<IConfiguration>().GetSection(sectionName), configure);
    }

    /// <summary>Registers <typeparamref name="T"/> as a singleton whose settings are in this configuration.</summary>
    /// <inheritdoc cref="AddApiJwt{T}(IServiceCollection, string, Action{ApiJwtOptions}?)" path="/remarks"/>
    /// <typeparam name="T">Your class. Its constructor takes an <see cref="ApiJwtOptions"/>, and what else the services have.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configuration">
    /// The settings themselves, usually a section. Lists that several sources merge, and values that a later source empties, are found if
    /// it is a section of the application's own configuration, or has no sections above it. As with a name, the section must have settings.
    /// </param>
    /// <param name="configure">Changes the settings after they were read from the configuration.</param>
    /// <returns>The services, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="configuration"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is registered already, or has no constructor for settings.</exception>
    public static IServiceCollection AddApiJwt<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services, IConfiguration configuration, Action<ApiJwtOptions>? configure = null)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddApiJwt<T>(_ => configuration, configure);
    }

    /// <summary>Registers <typeparamref name="T"/> as a singleton whose settings are made in code.</summary>
    /// <typeparam name="T">Your class. Its constructor takes an <see cref="ApiJwtOptions"/>, and what else the services have.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configure">Makes the settings.</param>
    /// <returns>The services, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="configure"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is registered already, or has no constructor for settings.</exception>
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
            throw new InvalidOperationException($"{typeof(T).Name} is registered already. Call AddApiJwt<{typeof(T).Name}> once, and derive another class for other keys.");
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
        // The fetcher logs each change, and lines for each request would say nothing more.
        services.AddHttpClient(ApiJwtDefaults.HttpClientName).RemoveAllLoggers();
        services.Configure<HttpClientFactoryOptions>(ApiJwtDefaults.HttpClientName, UseSafeHandler);
        services.AddSingleton<SettingsOf<T>>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<T>(provider, provider.GetRequiredService<SettingsOf<T>>().CreateForClass()));
        services.AddHostedService<KeyRefresher<T>>();
        services.AddHostedService<RevocationRefresher<T>>();
        return services;
    }

    /// <summary>Before whatever the application does with the client, be it registered earlier or later.</summary>
    private static void UseSafeHandler(HttpClientFactoryOptions client) => client.HttpMessageHandlerBuilderActions.Insert(
        0, builder => builder.PrimaryHandler = new SocketsHttpHandler { AllowAutoRedirect = false, Proxy = new TlsOnlyProxy() });

    private static void CompleteFromServices(ApiJwtOptions options, IServiceProvider provider)
    {
        if (provider.GetServices<IConfigureOptions<ApiJwtOptions>>().OfType<ConfigureNamedOptions<ApiJwtOptions>>().Any(other => other.Name == Options.DefaultName))
            throw new ApiJwtException("services.Configure<ApiJwtOptions> without a name reaches no class. Pass the settings to AddApiJwt, or use ConfigureAll<ApiJwtOptions> for every class.");
        options.MeterFactory ??= provider.GetService<IMeterFactory>();
        options.LoggerFactory ??= provider.GetService<ILoggerFactory>();
        options.CreateHttpClient ??= () => provider.GetRequiredService<IHttpClientFactory>().CreateClient(ApiJwtDefaults.HttpClientName);
        if (options.TimeProvider == TimeProvider.System && provider.GetService<TimeProvider>() is { } time)
            options.TimeProvider = time;
    }
}
