using System.Reflection;
using System.Runtime.Loader;

namespace ApiJwts.Tool.Issuing;

/// <summary>Loads a user's assembly with its dependencies. Assemblies that the tool has as well are shared.</summary>
internal sealed class PolicyLoadContext(string path) : AssemblyLoadContext(nameof(PolicyLoadContext))
{
    private readonly AssemblyDependencyResolver _resolver = new(path);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // If this assembly were loaded a second time, the class would derive from another ApiJwt. The caller compares the versions.
        Assembly shared = typeof(ApiJwt).Assembly;
        if (assemblyName.Name == shared.GetName().Name)
            return shared;
        return FindShared(assemblyName)
            ?? (_resolver.ResolveAssemblyToPath(assemblyName) is { } own ? LoadFromAssemblyPath(own) : null);
    }

    /// <summary>The assembly of the tool with this name, if its version is the same or newer; <see langword="null"/> otherwise.</summary>
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
