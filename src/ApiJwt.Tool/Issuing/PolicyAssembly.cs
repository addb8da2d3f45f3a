using System.Reflection;

namespace ApiJwts.Tool.Issuing;

/// <summary>Finds the class derived from <see cref="ApiJwt"/> in the assembly of a user.</summary>
internal static class PolicyAssembly
{
    /// <summary>Loads an assembly and finds the class.</summary>
    /// <param name="path">The path of the .dll.</param>
    /// <param name="name">The name of the class, with or without its namespace; <see langword="null"/> if the assembly has only one.</param>
    /// <exception cref="ApiJwtException">There is no such class, there are several, or the file cannot be loaded.</exception>
    public static Type FindClass(string path, string? name)
    {
        if (!File.Exists(path))
            throw new ApiJwtException("--assembly: there is no file with this name. Give the path of the .dll that 'dotnet build' creates.");
        Type[] classes = ClassesIn(Load(Path.GetFullPath(path)), path);
        string names = string.Join(", ", classes.Select(type => type.FullName));
        if (name is null)
        {
            return classes switch
            {
                [var only] => only,
                [] => throw new ApiJwtException($"{path} has no class derived from ApiJwt. Give the assembly that has it."),
                _ => throw new ApiJwtException($"{path} has several classes derived from ApiJwt: {names}. Name one with --class."),
            };
        }

        return Array.Find(classes, type => type.FullName == name)
            ?? Array.Find(classes, type => type.Name == name)
            ?? throw new ApiJwtException($"{path} has no class with this name that is derived from ApiJwt. It has: {(classes is [] ? "none" : names)}.");
    }

    private static Assembly Load(string path)
    {
        Assembly assembly;
        try
        {
            assembly = new PolicyLoadContext(path).LoadFromAssemblyPath(path);
        }
        catch (Exception exception) when (exception is BadImageFormatException or FileLoadException or InvalidOperationException)
        {
            throw new ApiJwtException($"{path} is not a .NET assembly that can be loaded. Give the .dll that 'dotnet build' creates.", exception);
        }

        Version mine = typeof(ApiJwt).Assembly.GetName().Version!;
        Version? theirs = assembly.GetReferencedAssemblies().FirstOrDefault(reference => reference.Name == typeof(ApiJwt).Assembly.GetName().Name)?.Version;
        return theirs is null || theirs <= mine
            ? assembly
            : throw new ApiJwtException($"{path} was built with ApiJwt {theirs}, and this tool has {mine}. Update it: dotnet tool update --global ApiJwt.Tool");
    }

    private static Type[] ClassesIn(Assembly assembly, string path)
    {
        Type?[] types;
        try
        {
            types = assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            types = exception.Types;
            if (!types.Any(IsPolicy))
                throw new ApiJwtException($"The classes of {path} cannot be loaded: {exception.LoaderExceptions[0]?.Message} If it is built for a newer .NET than {Environment.Version}, set DOTNET_ROLL_FORWARD=LatestMajor.", exception);
        }

        return [.. types.Where(IsPolicy)!];
    }

    private static bool IsPolicy(Type? type) => type is { IsAbstract: false, ContainsGenericParameters: false } && type.IsSubclassOf(typeof(ApiJwt));
}
