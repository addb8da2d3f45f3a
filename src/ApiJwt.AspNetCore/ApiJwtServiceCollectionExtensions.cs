using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using ApiJwts.AspNetCore.Authorization;
using ApiJwts.AspNetCore.Keys;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ApiJwts.AspNetCore;

/// <summary>Registers a class derived from <see cref="ApiJwt"/> with the services of an application.</summary>
public static class ApiJwtServiceCollectionExtensions
{
    /// <summary>Registers <typeparamref name="T"/> as a singleton whose settings are in a section of the configuration.</summary>
    /// <remarks>
    /// The application does not start with a key that cannot be used. When the configuration changes, its keys are taken over
    /// while requests run; keys that cannot be used are logged as an error, and change nothing. Other settings are read once.
    /// Settings that cannot be used are an <see cref="OptionsValidationException"/> or an <see cref="ApiJwtException"/> when the
    /// application starts, or when a <typeparamref name="T"/> is asked for before that.
    /// </remarks>
    /// <typeparam name="T">Your class. Its constructor takes an <see cref="ApiJwtOptions"/>, and what else the services have.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="sectionName">The path of the section, such as <c>Jwt</c>.</param>
    /// <param name="configure">Changes the settings after they were read from the section.</param>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is registered already, or has no constructor for settings.</exception>
    public static IServiceCollection AddApiJwt<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services, string sectionName, Action<ApiJwtOptions>? configure = null)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(sectionName);
        services.AddOptions<ApiJwtOptions>(Registration<T>.Name)
            .BindConfiguration(sectionName)
            .Configure<IConfiguration>((options, configuration) => SettingsSection.Complete(options, configuration.GetSection(sectionName)))
            .Configure(configure ?? (_ => { }));
        return services.AddApiJwt<T>(new Registration<T>());
    }

    /// <summary>Registers <typeparamref name="T"/> as a singleton whose settings are in this configuration.</summary>
    /// <inheritdoc cref="AddApiJwt{T}(IServiceCollection, string, Action{ApiJwtOptions}?)" path="/remarks"/>
    /// <typeparam name="T">Your class. Its constructor takes an <see cref="ApiJwtOptions"/>, and what else the services have.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The settings themselves, usually a section.</param>
    /// <param name="configure">Changes the settings after they were read from the configuration.</param>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is registered already, or has no constructor for settings.</exception>
    public static IServiceCollection AddApiJwt<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services, IConfiguration configuration, Action<ApiJwtOptions>? configure = null)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<ApiJwtOptions>(Registration<T>.Name)
            .Bind(configuration)
            .Configure(options => SettingsSection.Complete(options, configuration))
            .Configure(configure ?? (_ => { }));
        return services.AddApiJwt<T>(new Registration<T>());
    }

    /// <summary>Registers <typeparamref name="T"/> as a singleton whose settings are made in code.</summary>
    /// <typeparam name="T">Your class. Its constructor takes an <see cref="ApiJwtOptions"/>, and what else the services have.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configure">Makes the settings.</param>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is registered already, or has no constructor for settings.</exception>
    public static IServiceCollection AddApiJwt<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services, Action<ApiJwtOptions> configure)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<ApiJwtOptions>(Registration<T>.Name).Configure(configure);
        return services.AddApiJwt<T>(new Registration<T>());
    }

    private static IServiceCollection AddApiJwt<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services, Registration<T> registration)
        where T : ApiJwt
    {
        if (services.Any(service => service.ServiceType == typeof(Registration<T>)))
            throw new InvalidOperationException($"{typeof(T).Name} is registered already. Call AddApiJwt<{typeof(T).Name}> once, and derive another class for other keys.");
        if (!Array.Exists(typeof(T).GetConstructors(), constructor => Array.Exists(constructor.GetParameters(), parameter => parameter.ParameterType == typeof(ApiJwtOptions))))
            throw new InvalidOperationException($"{typeof(T).Name} needs a public constructor that takes its settings: public {typeof(T).Name}(ApiJwtOptions options) : base(options).");
        services.AddSingleton(registration);
        services.AddOptions<ApiJwtOptions>(Registration<T>.Name)
            .PostConfigure<IServiceProvider>(CompleteFromServices)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApiJwtOptions>>(registration);
        services.AddSingleton(provider =>
            ActivatorUtilities.CreateInstance<T>(provider, provider.GetRequiredService<IOptionsMonitor<ApiJwtOptions>>().Get(Registration<T>.Name)));
        services.AddSingleton<KeySource<T>>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<KeySource<T>>());

        services.AddHttpContextAccessor();
        services.TryAddSingleton(provider => new RootServices(provider));
        services.TryAddScoped(provider => PayloadParameter.Resolve(provider)!);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, PayloadParameter>());
        PayloadPolicyProvider.Register(services);
        return services;
    }

    private static void CompleteFromServices(ApiJwtOptions options, IServiceProvider provider)
    {
        if (provider.GetServices<IConfigureOptions<ApiJwtOptions>>().OfType<ConfigureNamedOptions<ApiJwtOptions>>().Any(other => other.Name == Options.DefaultName))
            throw new ApiJwtException("services.Configure<ApiJwtOptions> without a name reaches no class. Pass the settings to AddApiJwt, or use ConfigureAll<ApiJwtOptions> for every class.");
        options.IsJwksFetched = true;
        options.MeterFactory ??= provider.GetService<IMeterFactory>();
        if (options.TimeProvider == TimeProvider.System && provider.GetService<TimeProvider>() is { } time)
            options.TimeProvider = time;
    }
}
