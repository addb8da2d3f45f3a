using System.Security.Cryptography;

namespace ApiJwts;

/// <summary>A file that a setting names for a key or for several.</summary>
internal sealed class KeyFile(string setting, string path)
{
    // A path that is relative is not repeated: it may be the text of a key, set where its path belongs.
    private readonly string _place = Path.IsPathFullyQualified(path.Trim()) ? path.Trim() : $"a path relative to {Environment.CurrentDirectory}";

    /// <summary>Found once: the working directory may change, and must not lead to another key.</summary>
    public string FullPath { get; } = Path.GetFullPath(path.Trim());

    /// <summary>What stands in the file, which the caller overwrites; <see langword="null"/> with a fault if it cannot be read.</summary>
    public byte[]? Read(out string? fault)
    {
        byte[]? content = null;
        try
        {
            // No buffer, which would keep a copy of the key; and no lock, which would keep others from replacing it.
            using var file = new FileStream(FullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            fault = !file.CanSeek ? "this is not a regular file, but a pipe or a device. Give the path of a regular file"
                : file.Length == 0 ? "the file is empty. Write a key into it"
                : file.Length > KeyText.MaxBytes ? $"the file has more than {KeyText.MaxBytes} bytes. Give only the keys"
                : null;
            if (fault is not null)
                return null;
            content = GC.AllocateArray<byte>((int)file.Length, pinned: true);
            file.ReadExactly(content);
            return content;
        }
        // No message of the platform: it may repeat the path.
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            CryptographicOperations.ZeroMemory(content);
            fault = exception switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is no such file. Correct the path, or mount the file",
                UnauthorizedAccessException => "this process has no permission to read it, or it is a folder. Give the path of a file that this process can read",
                EndOfStreamException => "it became shorter while it was read. Write it under another name, and then rename it",
                _ => $"it cannot be read ({exception.GetType().Name}). Check the file and its permissions",
            };
            return null;
        }
    }

    /// <summary>A fault, with the setting and the path.</summary>
    public string Describe(string fault) => $"{setting} ({_place}): {fault.TrimEnd('.')}.";
}
