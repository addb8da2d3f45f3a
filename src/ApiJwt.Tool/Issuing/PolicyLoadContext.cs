using System.Reflection;
using System.Runtime.Loader;

namespace ApiJwts.Tool.Issuing;

/// <summary>Loads a user's assembly with what it needs, and shares with it what the tool has too.</summary>
internal sealed class PolicyLoadContext(string path) : AssemblyLoadContext(nameof(PolicyLoadContext))
{
    private readonly AssemblyDependencyResolver _resolver = new(path);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // Of another load, the class would derive from another ApiJwt. The version is compared by who calls.
        Assembly shared = typeof(ApiJwt).Assembly;
        if (assemblyName.Name == shared.GetName().Name)
            return shared;
        return FindShared(assemblyName)
            ?? (_resolver.ResolveAssemblyToPath(assemblyName) is { } own ? LoadFromAssemblyPath(own) : null);
    }

    /// <summary>What the tool has in this version or a newer one, such as the loggers; <see langword="null"/> otherwise.</summary>
    private static Assembly? FindShared(AssemblyName assemblyName)
    {
        try
        {
            return Default.LoadFromAssemblyName(assemblyName);
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException)
        {
            return null;
        }
    }
}
