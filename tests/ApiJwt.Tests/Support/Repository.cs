namespace Hudya.Tests.Support;

/// <summary>The files of this repository, for the tests that hold its documents to the truth.</summary>
public static class Repository
{
    /// <summary>The folder with the solution, looked for upwards: a compiled-in path is rewritten in a deterministic build.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) =>
        File.ReadAllText(PathOf(parts)).ReplaceLineEndings("\n");

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "ApiJwt.sln"))
            ? folder
            : FindRoot(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run outside their repository."));
}
