using System.Security.Cryptography;

namespace ApiJwts;

/// <summary>A key file that a setting names.</summary>
internal sealed class KeyFile(string setting, string path)
{
    // A message does not quote a relative path: it may be the text of a key that was set by mistake instead of a path.
    private readonly string _place = Path.IsPathFullyQualified(path.Trim()) ? path.Trim() : $"a path relative to {Environment.CurrentDirectory}";

    /// <summary>The absolute path. It is resolved once, so that a later change of the working directory does not select another file.</summary>
    public string FullPath { get; } = Path.GetFullPath(path.Trim());

    /// <summary>Reads the file; <see langword="null"/> if it cannot be read. The caller must overwrite the bytes.</summary>
    public byte[]? Read(out string? fault)
    {
        byte[]? content = null;
        try
        {
            // Before the file is opened, because opening a pipe waits for a writer.
            if (new FileInfo(FullPath) is { Exists: true, Length: 0 })
            {
                fault = "the file is empty, or it is a pipe or a device. Write a key into it, or give the path of a regular file";
                return null;
            }

            // Without a buffer, which would keep a copy of the key, and without a lock, so that others can replace the file.
            using var file = new FileStream(FullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            fault = file.Length > KeyTextReader.MaxBytes ? $"the file has more than {KeyTextReader.MaxBytes} bytes. Give only the keys" : null;
            if (fault is not null)
                return null;
            content = GC.AllocateArray<byte>((int)file.Length, pinned: true);
            file.ReadExactly(content);
            return content;
        }
        // The message of the exception is not used, because it may contain the path.
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
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

    /// <summary>Adds the setting and the path to a fault.</summary>
    public string Describe(string fault) => $"{setting} ({_place}): {fault.TrimEnd('.')}.";
}
