using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ApiJwts.Tool.Issuing;

/// <summary>Makes an instance of a user's class.</summary>
internal static class PolicyClass
{
    /// <exception cref="ApiJwtException">Its constructor takes what this tool does not have, or threw.</exception>
    public static ApiJwt Create(Type type, ApiJwtOptions options)
    {
        using ServiceProvider services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<ILogger>(NullLogger.Instance)
            .AddSingleton(options)
            .BuildServiceProvider();
        ThrowUnlessCreatable(type, services.GetRequiredService<IServiceProviderIsService>());
        try
        {
            return (ApiJwt)ActivatorUtilities.CreateInstance(services, type);
        }
        catch (Exception exception) when (exception is not ApiJwtException)
        {
            throw new ApiJwtException($"The constructor of {type.Name} threw {exception.GetType().Name}: {exception.Message}", exception);
        }
    }

    private static void ThrowUnlessCreatable(Type type, IServiceProviderIsService known)
    {
        string[][] foreign =
        [
            .. type.GetConstructors().Select(constructor => constructor.GetParameters()
                .Where(parameter => !parameter.HasDefaultValue && !known.IsService(parameter.ParameterType))
                .Select(parameter => parameter.ParameterType.Name).ToArray()),
        ];
        if (foreign is [])
            throw new ApiJwtException($"{type.Name} has no public constructor. Give it one that takes ApiJwtOptions, and loggers if it likes.");
        if (Array.TrueForAll(foreign, types => types.Length > 0))
            throw new ApiJwtException($"The constructor of {type.Name} takes {string.Join(", ", foreign[0])}, which this tool does not have. It has ApiJwtOptions and loggers: give the other parameters a default, or add a constructor without them.");
    }
}
