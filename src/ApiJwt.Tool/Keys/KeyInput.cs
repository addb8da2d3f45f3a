using System.Text;

namespace ApiJwts.Tool.Keys;

/// <summary>A key text, and where it came from.</summary>
/// <param name="Name">A file name that exists, or words such as "standard input"; never the text.</param>
/// <param name="Text">The text, of which nothing may be shown.</param>
internal sealed record KeyInput(string Name, string Text)
{
    // More than the library reads.
    private const int MaxBytes = 1024 * 1024;

    // A key that can be used is longer, in every form, and the name of a file hardly ever.
    private const int ShortestKey = 256;

    /// <summary>The key in a file, or what is piped in for <c>-</c>.</summary>
    /// <exception cref="ApiJwtException">There is no such file. The name is not repeated: it may be a key, given in its place.</exception>
    public static KeyInput FromFile(string path, string option) =>
        path == "-" ? FromPipe()
        : File.Exists(path) ? Read(path)
        : throw new ApiJwtException($"{option}: there is no file of this name. Give the path of a file with a key, or - to pipe one in.");

    /// <summary>The key in a file, what is piped in for <c>-</c>, or the text itself.</summary>
    /// <exception cref="ApiJwtException">It is neither.</exception>
    public static KeyInput FromFileOrText(string argument) =>
        argument == "-" ? FromPipe()
        : argument.Contains("-----BEGIN", StringComparison.Ordinal) ? new KeyInput("the text", argument)
        : argument.Length < MaxBytes && File.Exists(argument) ? Read(argument)
        : argument.Length >= ShortestKey ? new KeyInput("the text", argument)
        : throw new ApiJwtException("There is no file of this name, and as a text it is too short to be a key. Give the path of a file, a key's text, or - to pipe one in.");

    private static KeyInput FromPipe() => new("standard input", Console.In.ReadToEnd());

    private static KeyInput Read(string path) => new FileInfo(path).Length <= MaxBytes
        ? new KeyInput(path, TextOf(File.ReadAllBytes(path)))
        : throw new ApiJwtException($"{path} has more than {MaxBytes} bytes, and is no key. Give a file with a key alone.");

    private static string TextOf(byte[] bytes)
    {
        // DER begins with the tag of a SEQUENCE, which is the digit '0' too. No text has the other control characters that follow it.
        if (bytes is [0x30, ..] && Array.Exists(bytes, value => value is < 0x09 or (> 0x0D and < 0x20)))
            return Convert.ToBase64String(bytes);
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }
}
