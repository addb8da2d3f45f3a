using System.Diagnostics;
using System.Text;

namespace Hudya.Tests.Support;

/// <summary>A folder for the key files of one test, deleted when it is disposed.</summary>
public sealed class KeyFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apijwt-keys-").FullName;

    public string PathOf(string name) => Path.Join(_folder, name);

    /// <summary>Writes a file in place, in UTF-8 without a byte-order mark, and returns its path.</summary>
    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(PathOf(name), content);
        return PathOf(name);
    }

    /// <summary>Writes a new file and renames it over the old one.</summary>
    public void Replace(string name, string text) => File.Move(Write(name + ".new", text), PathOf(name), overwrite: true);

    /// <summary>Mounts files as the kubelet does: each file is a link through a link to a folder, and an update replaces the folder link only.</summary>
    public void Mount(string version, params (string Name, string Text)[] files)
    {
        Directory.CreateDirectory(PathOf(version));
        foreach ((string name, string text) in files)
        {
            Write(Path.Join(version, name), text);
            if (!Path.Exists(PathOf(name)))
                File.CreateSymbolicLink(PathOf(name), Path.Join("..data", name));
        }

        // The move methods of .NET follow a link to a folder instead of replacing it.
        using var link = Process.Start("ln", ["-sfn", version, PathOf("..data")]);
        link.WaitForExit();
        link.ExitCode.Should().Be(0);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
