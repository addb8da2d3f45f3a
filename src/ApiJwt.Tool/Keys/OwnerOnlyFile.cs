using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using System.Text;

namespace ApiJwts.Tool.Keys;

/// <summary>Writes files that only their owner can read, from the first byte on.</summary>
internal static class OwnerOnlyFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Writes the whole file or nothing.</summary>
    /// <exception cref="IOException">The file exists, and <paramref name="replace"/> is <see langword="false"/>.</exception>
    public static void Write(string path, string text, bool replace)
    {
        string unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (FileStream file = OperatingSystem.IsWindows() ? CreateOnWindows(unfinished) : Create(unfinished))
                file.Write(Encoding.UTF8.GetBytes(text));
            File.Move(unfinished, path, replace);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Whether other users of this machine may read or change a file. On Windows, this is not checked and is <see langword="false"/>.</summary>
    public static bool IsOpenToOthers(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;

    [UnsupportedOSPlatform("windows")]
    private static FileStream Create(string path) =>
        new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, UnixCreateMode = Owner });

    [SupportedOSPlatform("windows")]
    private static FileStream CreateOnWindows(string path)
    {
        using var me = WindowsIdentity.GetCurrent();
        var rights = new FileSecurity();
        rights.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        rights.AddAccessRule(new FileSystemAccessRule(me.User!, FileSystemRights.FullControl, AccessControlType.Allow));
        return new FileInfo(path).Create(FileMode.CreateNew, FileSystemRights.Write, FileShare.None, bufferSize: 4096, FileOptions.None, rights);
    }
}
