namespace Hudya.Tests.Support;

/// <summary>The files of this repository, for tests that check its documentation.</summary>
public static class Repository
{
    /// <summary>The folder with the solution, searched for upwards, because a deterministic build rewrites compiled-in paths.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) =>
        File.ReadAllText(PathOf(parts)).ReplaceLineEndings("\n");

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "ApiJwt.sln"))
            ? folder
            : FindRoot(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run outside their repository."));
}
