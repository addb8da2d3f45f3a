using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
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
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is registered already.</exception>
    public static IServiceCollection AddApiJwt<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services, string sectionName, Action<ApiJwtOptions>? configure = null)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(sectionName);
        services.AddOptions<ApiJwtOptions>(Registration<T>.Name)
            .BindConfiguration(sectionName)
            .Configure<IConfiguration>((options, configuration) => CompleteFromSection(options, configuration.GetSection(sectionName)))
            .Configure(configure ?? (_ => { }));
        return services.AddApiJwt<T>(new Registration<T> { Origin = $"section '{sectionName}' of the configuration" });
    }

    /// <summary>Registers <typeparamref name="T"/> as a singleton whose settings are in this configuration.</summary>
    /// <inheritdoc cref="AddApiJwt{T}(IServiceCollection, string, Action{ApiJwtOptions}?)" path="/remarks"/>
    /// <typeparam name="T">Your class. Its constructor takes an <see cref="ApiJwtOptions"/>, and what else the services have.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The settings themselves, usually a section.</param>
    /// <param name="configure">Changes the settings after they were read from the configuration.</param>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is registered already.</exception>
    public static IServiceCollection AddApiJwt<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services, IConfiguration configuration, Action<ApiJwtOptions>? configure = null)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<ApiJwtOptions>(Registration<T>.Name)
            .Bind(configuration)
            .Configure(options => CompleteFromSection(options, configuration))
            .Configure(configure ?? (_ => { }));
        string origin = configuration is IConfigurationSection section ? $"section '{section.Path}' of the configuration" : "the configuration";
        return services.AddApiJwt<T>(new Registration<T> { Origin = origin });
    }

    /// <summary>Registers <typeparamref name="T"/> as a singleton whose settings are made in code.</summary>
    /// <typeparam name="T">Your class. Its constructor takes an <see cref="ApiJwtOptions"/>, and what else the services have.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configure">Makes the settings.</param>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is registered already.</exception>
    public static IServiceCollection AddApiJwt<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services, Action<ApiJwtOptions> configure)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<ApiJwtOptions>(Registration<T>.Name).Configure(configure);
        return services.AddApiJwt<T>(new Registration<T> { Origin = "AddApiJwt" });
    }

    private static IServiceCollection AddApiJwt<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services, Registration<T> registration)
        where T : ApiJwt
    {
        if (services.Any(service => service.ServiceType == typeof(Registration<T>)))
            throw new InvalidOperationException($"{typeof(T).Name} is registered already. Call AddApiJwt<{typeof(T).Name}> once, and derive another class for other keys.");
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
        return services;
    }

    private static void CompleteFromSection(ApiJwtOptions options, IConfiguration section)
    {
        foreach (string time in (string[])[nameof(options.TimeToLive), nameof(options.ClockSkew)])
        {
            if (section[time] is { Length: > 0 } text && text.All(char.IsAsciiDigit))
                throw new ApiJwtException($"The setting {Place(section, time)} is a bare number, which the platform reads as days. Write 01:00:00 for an hour, 00:00:30 for 30 seconds.");
        }

        // An environment variable holds one text, where a settings file has a list.
        if (section[nameof(options.PublicKeys)] is not { Length: > 0 } single)
            return;
        if (section.GetSection(nameof(options.PublicKeys)).GetChildren().Any())
            throw new ApiJwtException($"The setting {Place(section, nameof(options.PublicKeys))} is a text in one source of the configuration and a list in another, and both would be trusted. Give one of the two.");
        options.PublicKeys.Add(single);
    }

    private static string Place(IConfiguration section, string setting) =>
        section is IConfigurationSection { Path: var path } ? ConfigurationPath.Combine(path, setting) : setting;

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
