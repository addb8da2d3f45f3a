using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ApiJwts.Tool.Issuing;

/// <summary>Creates an instance of a user's class.</summary>
internal static class PolicyClass
{
    /// <exception cref="ApiJwtException">The constructor takes a parameter that this tool does not have, or it threw an exception.</exception>
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
            throw new ApiJwtException($"{type.Name} has no public constructor. Add one that takes ApiJwtOptions and, if needed, loggers.");
        if (Array.TrueForAll(foreign, types => types.Length > 0))
            throw new ApiJwtException($"The constructor of {type.Name} takes {string.Join(", ", foreign[0])}, which this tool does not have. The tool has ApiJwtOptions and loggers. Give the other parameters a default value, or add a constructor without them.");
    }
}
