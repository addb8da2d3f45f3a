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
public static class ServiceCollectionExtensions
{
    /// <summary>Registers <typeparamref name="T"/> as a singleton whose settings are in a section of the configuration.</summary>
    /// <remarks>
    /// The application does not start with a key that cannot be used. When the configuration changes, its keys are taken over
    /// while requests run; keys that cannot be used are logged as an error, and change nothing. Other settings are read once.
    /// </remarks>
    /// <typeparam name="T">Your class. Its constructor takes an <see cref="ApiJwtOptions"/>, and what else the services have.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="sectionName">The path of the section, such as <c>Jwt</c>.</param>
    public static IServiceCollection AddApiJwt<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services, string sectionName)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(sectionName);
        services.AddOptions<ApiJwtOptions>(Registration<T>.Name)
            .BindConfiguration(sectionName)
            .Configure<IConfiguration>((options, configuration) => AddSinglePublicKey(options, configuration.GetSection(sectionName)));
        return services.AddApiJwt<T>(new Registration<T> { Origin = $"section '{sectionName}' of the configuration" });
    }

    /// <summary>Registers <typeparamref name="T"/> as a singleton whose settings are in this configuration.</summary>
    /// <inheritdoc cref="AddApiJwt{T}(IServiceCollection, string)" path="/remarks"/>
    /// <typeparam name="T">Your class. Its constructor takes an <see cref="ApiJwtOptions"/>, and what else the services have.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The settings themselves, usually a section.</param>
    public static IServiceCollection AddApiJwt<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services, IConfiguration configuration)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<ApiJwtOptions>(Registration<T>.Name)
            .Bind(configuration)
            .Configure(options => AddSinglePublicKey(options, configuration));
        string origin = configuration is IConfigurationSection section ? $"section '{section.Path}' of the configuration" : "the configuration";
        return services.AddApiJwt<T>(new Registration<T> { Origin = origin });
    }

    /// <summary>Registers <typeparamref name="T"/> as a singleton whose settings are made in code.</summary>
    /// <typeparam name="T">Your class. Its constructor takes an <see cref="ApiJwtOptions"/>, and what else the services have.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configure">Makes the settings.</param>
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
        services.TryAddTransient(provider => PayloadParameter.Resolve(provider)!);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, PayloadParameter>());
        return services;
    }

    /// <summary>An environment variable holds one text, where a settings file has a list.</summary>
    private static void AddSinglePublicKey(ApiJwtOptions options, IConfiguration section)
    {
        if (section[nameof(options.PublicKeys)] is { Length: > 0 } single)
            options.PublicKeys.Add(single);
    }

    private static void CompleteFromServices(ApiJwtOptions options, IServiceProvider provider)
    {
        options.IsJwksFetched = true;
        options.MeterFactory ??= provider.GetService<IMeterFactory>();
        if (options.TimeProvider == TimeProvider.System && provider.GetService<TimeProvider>() is { } time)
            options.TimeProvider = time;
    }
}
