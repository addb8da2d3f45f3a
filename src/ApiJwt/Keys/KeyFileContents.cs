using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace ApiJwts;

/// <summary>What stood in some files at one moment. Overwritten when it is disposed.</summary>
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

    /// <summary>Equal for the same contents of the same files, and the same faults.</summary>
    /// <remarks>
    /// The contents tell, and not the time of the last change: a file that is copied keeps its own, some file systems count in seconds,
    /// and behind a link to a folder the file stays where it was.
    /// </remarks>
    public string Digest { get; }

    /// <summary>Takes what stood in one file. It may be overwritten.</summary>
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
