using System.Text;

namespace ApiJwts.Tool.Keys;

/// <summary>A key text and its source.</summary>
/// <param name="Name">The name of an existing file, or words such as "standard input"; never the text.</param>
/// <param name="Text">The text. It must not be printed.</param>
internal sealed record KeyInput(string Name, string Text)
{
    // More than the library reads.
    private const int MaxBytes = 1024 * 1024;

    // A usable key is longer than this in every format. A file name is rarely that long.
    private const int ShortestKey = 256;

    /// <summary>Reads a key from a file, or from standard input for <c>-</c>.</summary>
    /// <exception cref="ApiJwtException">There is no such file. The message does not repeat the argument, which may be a key by mistake.</exception>
    public static KeyInput FromFile(string path, string option) =>
        path == "-" ? FromPipe()
        : File.Exists(path) ? Read(path)
        : throw new ApiJwtException($"{option}: there is no file with this name. Give the path of a file with a key, or - to pipe one in.");

    /// <summary>Reads a key from a file, from standard input for <c>-</c>, or from the argument itself.</summary>
    /// <exception cref="ApiJwtException">The argument is neither a file nor a key.</exception>
    public static KeyInput FromFileOrText(string argument) =>
        argument == "-" ? FromPipe()
        : argument.Contains("-----BEGIN", StringComparison.Ordinal) ? new KeyInput("the text", argument)
        : argument.Length < MaxBytes && File.Exists(argument) ? Read(argument)
        : argument.Length >= ShortestKey ? new KeyInput("the text", argument)
        : throw new ApiJwtException("There is no file with this name, and the argument is too short to be a key. Give the path of a file, a key's text, or - to pipe one in.");

    private static KeyInput FromPipe() => new("standard input", Console.In.ReadToEnd());

    private static KeyInput Read(string path) => new FileInfo(path).Length <= MaxBytes
        ? new KeyInput(path, TextOf(File.ReadAllBytes(path)))
        : throw new ApiJwtException($"{path} has more than {MaxBytes} bytes, so it is not a key. Give a file that contains only a key.");

    private static string TextOf(byte[] bytes)
    {
        // DER begins with the tag of a SEQUENCE, which is also the character '0'. Text does not contain the control characters of DER.
        if (bytes is [0x30, ..] && Array.Exists(bytes, value => value is < 0x09 or (> 0x0D and < 0x20)))
            return Convert.ToBase64String(bytes);
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }
}
