using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace ApiJwts;

/// <summary>A snapshot of the contents of the key files. Disposing it overwrites them.</summary>
internal sealed class KeyFileContents : IDisposable
{
    private readonly Dictionary<KeyFile, (byte[]? Bytes, string? Fault)> _contents = [];

    public KeyFileContents(IEnumerable<KeyFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (KeyFile file in files)
        {
            byte[]? bytes = file.Read(out string? fault);
            _contents[file] = (bytes, fault);
            hash.AppendData(SHA256.HashData(bytes ?? Encoding.UTF8.GetBytes(fault!)));
        }

        Digest = Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>The digest of the contents and the faults of all files.</summary>
    /// <remarks>
    /// Changes are detected by contents and not by modification time: a copy may keep the time of the original, some file systems
    /// store whole seconds, and a symbolic link to a folder may be switched without a change of the files.
    /// </remarks>
    public string Digest { get; }

    /// <summary>Gets the contents of one file.</summary>
    public bool TryGet(KeyFile file, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out string? fault)
    {
        (bytes, fault) = _contents[file];
        return bytes is not null;
    }

    public void Dispose()
    {
        foreach ((byte[]? bytes, _) in _contents.Values)
            CryptographicOperations.ZeroMemory(bytes);
    }
}
