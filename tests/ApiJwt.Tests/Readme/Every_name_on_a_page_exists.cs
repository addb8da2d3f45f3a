using System.Reflection;
using System.Text.RegularExpressions;

namespace Hudya.Tests.Readme;

public partial class Every_name_on_a_page_exists
{
    private static readonly Dictionary<string, Type> Types = MakeTypes();

    [Fact]
    public void Every_path_on_a_page_exists() => Missing(PathName(), name =>
        Path.Exists(Repository.PathOf(name.Split('/'))) || name.Contains("/bin/", StringComparison.Ordinal)).Should().BeEmpty();

    [Fact]
    public void Every_source_file_on_a_page_exists() => Missing(SourceName(), name =>
        Directory.GetFiles(Repository.PathOf("src", "ApiJwt", Path.GetDirectoryName(name)!), Path.GetFileName(name)).Length > 0).Should().BeEmpty();

    [Fact]
    public void Every_test_on_a_page_exists() => Missing(TestName(), name =>
        Directory.GetFiles(Repository.PathOf("tests"), $"*{name}*.cs", SearchOption.AllDirectories).Length > 0).Should().BeEmpty();

    /// <summary>Such as <c>RsaKeyPair.Generate()</c>, <c>jwt.Keys.Rotate</c> or the setting <c>Jwt:Audience</c>.</summary>
    [Fact]
    public void Every_member_on_a_page_exists() => Missing(MemberName(), name =>
    {
        string[] parts = name.Split('.', ':');
        return !Types.TryGetValue(parts[0], out Type? type) || type.GetMember(parts[1]).Length > 0;
    }).Should().BeEmpty();

    [Fact]
    public void Every_project_is_in_the_table_of_CONTRIBUTING()
    {
        IEnumerable<string> projects = new[] { "src", "tests" }
            .SelectMany(folder => Directory.GetDirectories(Repository.PathOf(folder)).Select(project => $"`{folder}/{Path.GetFileName(project)}/`"));

        Page.At("CONTRIBUTING.md").Text.Split('\n').Where(line => line.StartsWith('|')).SelectMany(line => ProjectName().Matches(line.Split('|')[1]).Select(match => match.Value))
            .Should().BeEquivalentTo(projects);
    }

    private static string[] Missing(Regex kind, Func<string, bool> exists)
    {
        (string Page, string Name)[] names = [.. Page.All.SelectMany(page => kind.Matches(page.Prose).Select(match => (page.Path, match.Groups["name"].Value)))];
        names.Should().HaveCountGreaterThan(5);
        return [.. names.Where(named => !exists(named.Name)).Select(named => $"{named.Page}: {named.Name}")];
    }

    private static Dictionary<string, Type> MakeTypes()
    {
        // ApiJwt itself is left out, because the names of other packages begin with it, such as ApiJwt.Redis.
        var types = typeof(ApiJwt).Assembly.GetExportedTypes().Where(type => type != typeof(ApiJwt)).ToDictionary(type => type.Name);
        foreach (PropertyInfo property in typeof(ApiJwt).GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(property => property.PropertyType.IsPublic))
            types.TryAdd(property.Name, property.PropertyType);
        types.Add("Jwt", typeof(ApiJwtOptions));
        return types;
    }

    [GeneratedRegex(@"(?<![\w/.-])(?<name>(src|tests|\.ci|\.github)/[\w./]*\w)")]
    private static partial Regex PathName();

    [GeneratedRegex(@"`(?<name>[A-Z]\w+/\w+\.cs)`")]
    private static partial Regex SourceName();

    [GeneratedRegex(@"(?<!\w)(?<name>[A-Z]\w*_[a-z]\w*_\w*_\w+)")]
    private static partial Regex TestName();

    [GeneratedRegex(@"`([a-z]\w*\.)?(?<name>[A-Z]\w+[.:][A-Z]\w+)")]
    private static partial Regex MemberName();

    [GeneratedRegex(@"`(src|tests)/[\w.]+/`")]
    private static partial Regex ProjectName();
}
