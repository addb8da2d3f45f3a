using System.Reflection;

namespace ApiJwts.Tool.Issuing;

/// <summary>Finds the class of a user's services in their assembly, whose policy then decides what is issued.</summary>
internal static class PolicyAssembly
{
    /// <summary>The class derived from <see cref="ApiJwt"/> in an assembly.</summary>
    /// <param name="path">The .dll that a build makes.</param>
    /// <param name="name">The name of the class, with or without its namespace; <see langword="null"/> where there is one.</param>
    /// <exception cref="ApiJwtException">There is none, there are several, or the file cannot be loaded.</exception>
    public static Type FindClass(string path, string? name)
    {
        if (!File.Exists(path))
            throw new ApiJwtException("--assembly: there is no file of this name. Give the path of the .dll that 'dotnet build' makes.");
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
            ?? throw new ApiJwtException($"{path} has no class of this name that is derived from ApiJwt. It has: {(classes is [] ? "none" : names)}.");
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
            throw new ApiJwtException($"{path} is not a .NET assembly that can be loaded. Give the .dll that 'dotnet build' makes.", exception);
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
