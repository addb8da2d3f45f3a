using System.Text.RegularExpressions;

namespace Hudya.Tests.AspNetCore.Gateways;

/// <summary>A gateway, and its configuration as GATEWAY.md shows it.</summary>
/// <param name="Name">The name in the output of the tests.</param>
/// <param name="Script">The script in this folder that starts the gateway.</param>
/// <param name="Files">The configuration files that the script uses, by name.</param>
public sealed partial record GatewaySetup(string Name, string Script, IReadOnlyDictionary<string, string> Files)
{
    public static GatewaySetup HAProxy { get; } = new("HAProxy", "haproxy.sh", "haproxy.cfg");

    public static GatewaySetup Nginx { get; } = new("nginx with njs", "nginx.sh", "nginx.conf", "nginx.js");

    public static GatewaySetup ApacheWithKeyFiles { get; } = new("Apache with key files", "apache.sh", "apache.conf");

    public static GatewaySetup ApacheWithKeySet { get; } = ApacheWithKeyFiles.Changed(
        "Apache with a key set", text => KeyFiles().Replace(text, Read("apache-key-set.conf")));

    public static IReadOnlyList<GatewaySetup> All { get; } = [HAProxy, Nginx, ApacheWithKeyFiles, ApacheWithKeySet];

    public static TheoryData<string> Names => [.. All.Select(setup => setup.Name)];

    private GatewaySetup(string name, string script, params string[] files)
        : this(name, script, files.ToDictionary(file => file, Read))
    {
    }

    public static GatewaySetup Named(string name) => All.Single(setup => setup.Name == name);

    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Gateways", file);

    public static string Read(string file) => File.ReadAllText(PathOf(file));

    /// <summary>The same gateway with another configuration.</summary>
    public GatewaySetup Changed(string name, Func<string, string> change) => this with { Name = name, Files = Files.ToDictionary(file => file.Key, file => change(file.Value)) };

    /// <summary>The configuration during a rotation: lines that are commented out with a # and no blank are enabled.</summary>
    public GatewaySetup WithNextKey() => Changed(Name, text => CommentedOut().Replace(text, "$1"));

    public override string ToString() => Name;

    [GeneratedRegex(@"^( *#?OIDCOAuthVerifyCertFiles .*\n)+", RegexOptions.Multiline)]
    private static partial Regex KeyFiles();

    [GeneratedRegex(@"^( *)#(?=\w)", RegexOptions.Multiline)]
    private static partial Regex CommentedOut();
}
