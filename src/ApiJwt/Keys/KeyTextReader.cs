using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ApiJwts;

/// <summary>Reads the keys in a text: PEM, base64 of PEM or DER, or a JSON array of such texts.</summary>
/// <remarks>Faults do not quote the text. Copies of the text are made only for forms that require one, and are overwritten after use.</remarks>
internal sealed class KeyTextReader
{
    /// <summary>The maximum length of a file in bytes. UTF-16 has two bytes for each character.</summary>
    public const int MaxBytes = 2 * MaxLength;

    // The deepest form in use, a JSON array of base64 of PEM, has three layers.
    private const int MaxLayers = 4;

    private const string Begin = "-----BEGIN";

    // Enough for more than a hundred certificates with 4096-bit keys.
    private const int MaxLength = 256 * 1024;

    private static readonly SearchValues<char> Base64Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n");

    private readonly List<KeyBlock> _blocks = [];
    private readonly List<string> _faults = [];

    private KeyTextReader()
    {
    }

    /// <summary>Reads all keys in <paramref name="text"/>, and adds a sentence to <paramref name="faults"/> for each block that is not a key.</summary>
    public static IReadOnlyList<KeyBlock> Read(string? text, List<string> faults)
    {
        var reader = new KeyTextReader();
        if (text is { Length: > MaxLength })
            reader._faults.Add($"the text has more than {MaxLength} characters. Give only the keys.");
        else
            reader.ReadLayer(text, layer: 1);
        faults.AddRange(reader._faults);
        return reader._blocks;
    }

    /// <summary>Reads all keys in the bytes of a file, which may be DER or text in UTF-8 or UTF-16. The caller overwrites the bytes after use.</summary>
    public static IReadOnlyList<KeyBlock> Read(byte[] content, List<string> faults)
    {
        var reader = new KeyTextReader();
        reader.ReadBytes(content, content.Length, layer: 0);
        faults.AddRange(reader._faults);
        return reader._blocks;
    }

    // Pinned, because the garbage collector leaves a copy of the key behind when it moves an array.
    private static T[] NewArray<T>(int length) => GC.AllocateArray<T>(length, pinned: true);

    private void ReadLayer(ReadOnlySpan<char> text, int layer)
    {
        text = Unquote(text);
        if (text.IsEmpty)
            _faults.Add("the text is empty. Give a PEM text.");
        else if (layer > MaxLayers)
            _faults.Add("the text is encoded too many times. Give PEM, or base64 of PEM.");
        else if (text[0] == '[')
            ReadJsonArray(text, layer);
        else if (text[0] == '{')
            _faults.Add("this is a JSON object. JSON Web Keys are not accepted: give the key as PEM.");
        else if (text.StartsWith("ssh-", StringComparison.Ordinal))
            _faults.Add("this is an OpenSSH public key. Convert it with: ssh-keygen -e -m PKCS8 -f key.pub");
        else if (text.Contains(Begin, StringComparison.Ordinal))
            ReadPem(text);
        else
            ReadBase64(text, layer);
    }

    /// <summary>Removes the spaces and quotes that shells, YAML and .env files leave around a value.</summary>
    private static ReadOnlySpan<char> Unquote(ReadOnlySpan<char> text)
    {
        text = text.Trim().Trim('\uFEFF').Trim();
        while (text.Length >= 2 && text[0] is '"' or '\'' && text[^1] == text[0])
            text = text[1..^1].Trim();
        return text;
    }

    private void ReadJsonArray(ReadOnlySpan<char> text, int layer)
    {
        byte[] utf8 = NewArray<byte>(Encoding.UTF8.GetByteCount(text));
        char[] element = NewArray<char>(utf8.Length);
        (int knownFaults, int knownBlocks) = (_faults.Count, _blocks.Count);
        try
        {
            Encoding.UTF8.GetBytes(text, utf8);
            var json = new Utf8JsonReader(utf8);
            json.Read();
            int entry = 0;
            for (; json.Read() && json.TokenType != JsonTokenType.EndArray; entry++)
            {
                (int faults, int blocks) = (_faults.Count, _blocks.Count);
                if (json.TokenType == JsonTokenType.String)
                    ReadLayer(element.AsSpan(0, json.CopyString(element)), layer + 1);
                else
                    _faults.Add("the JSON array has an element that is not a string. Give each key as a string.");
                json.Skip();
                Place(faults, blocks, $"entry {entry + 1} of the array: ");
            }

            // Throws if data follows the array.
            json.Read();
            if (entry == 0)
                _faults.Add("the JSON array is empty. Give at least one key.");
        }
        // InvalidOperationException: a string has a lone surrogate.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            _faults.RemoveRange(knownFaults, _faults.Count - knownFaults);
            _blocks.RemoveRange(knownBlocks, _blocks.Count - knownBlocks);
            _faults.Add("the text begins with '[' but is not a JSON array of strings.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(utf8);
            element.AsSpan().Clear();
        }
    }

    private void ReadPem(ReadOnlySpan<char> text)
    {
        char[] lines = BreakLines(text);
        try
        {
            ReadOnlySpan<char> rest = lines;
            bool isAlone = rest.Count(Begin) == 1;
            for (int number = 1; PemEncoding.TryFind(rest, out PemFields block); number++)
            {
                (int faults, int blocks) = (_faults.Count, _blocks.Count);
                if (!IsExplanatoryText(rest[..block.Location.Start]))
                    return;
                ReadBlock(rest[block.Label], rest[block.Base64Data]);
                if (!isAlone)
                    Place(faults, blocks, $"block {number}: ");
                rest = rest[block.Location.End..];
            }

            IsExplanatoryText(rest);
        }
        finally
        {
            lines.AsSpan().Clear();
        }
    }

    /// <summary>
    /// Copies the text with each block on its own line, because <c>cat</c> joins files that do not end with a line break. Replaces the
    /// two characters <c>\n</c> by a line break, because .env files and some secret stores escape line breaks.
    /// </summary>
    private static char[] BreakLines(ReadOnlySpan<char> text)
    {
        char[] lines = NewArray<char>(text.Length + text.Count(Begin));
        int length = 0;
        while (!text.IsEmpty)
        {
            bool isBreak = text[0] == '\\' && text.Length > 1 && text[1] is 'n' or 'r';
            if (isBreak || text.StartsWith(Begin, StringComparison.Ordinal))
                lines[length++] = '\n';
            if (!isBreak)
                lines[length++] = text[0];
            text = text[(isBreak ? 2 : 1)..];
        }

        lines.AsSpan(length).Fill('\n');
        return lines;
    }

    /// <summary>Whether text outside the blocks is explanatory text, which RFC 7468, section 2, allows, and not a damaged block.</summary>
    private bool IsExplanatoryText(ReadOnlySpan<char> text)
    {
        if (!text.Contains("-----", StringComparison.Ordinal))
            return true;
        _faults.Add(text.Contains("ENCRYPTED", StringComparison.Ordinal)
            ? KeyDer.EncryptedFault
            : "the PEM text is damaged: a block is cut off, or its lines are not base64.");
        return false;
    }

    private void ReadBlock(ReadOnlySpan<char> label, ReadOnlySpan<char> base64)
    {
        if (label.StartsWith("OPENSSH", StringComparison.Ordinal))
        {
            _faults.Add("this is an OpenSSH private key. Convert it with: ssh-keygen -p -m PEM -f key");
            return;
        }

        byte[] der = NewArray<byte>(base64.Length);
        // Cannot fail: PemEncoding.TryFind returns only blocks with valid base64.
        Convert.TryFromBase64Chars(base64, der, out int length);
        ReadDer(der, length);
    }

    /// <summary>Adds the position in the text to the faults and the blocks that were added after the given counts.</summary>
    private void Place(int knownFaults, int knownBlocks, string place)
    {
        for (int i = knownFaults; i < _faults.Count; i++)
            _faults[i] = place + _faults[i];
        for (int i = knownBlocks; i < _blocks.Count; i++)
            _blocks[i] = _blocks[i] with { Place = place + _blocks[i].Place };
    }

    private void ReadBase64(ReadOnlySpan<char> text, int layer)
    {
        byte[] bytes = NewArray<byte>(text.Length);
        if (!text.ContainsAnyExcept(Base64Alphabet) && Convert.TryFromBase64Chars(text, bytes, out int length))
            ReadBytes(bytes, length, layer);
        else
            _faults.Add("the text is neither PEM nor base64. Give the key's text, not a file name: PEM, or base64 of PEM or DER.");
        CryptographicOperations.ZeroMemory(bytes);
    }

    private void ReadBytes(byte[] bytes, int length, int layer)
    {
        if (EncodingOf(bytes.AsSpan(0, length)) is { } encoding)
            ReadText(bytes, length, encoding, layer);
        else
            ReadDer(bytes, length);
    }

    /// <summary>The encoding of a text; <see langword="null"/> if the bytes are DER, which starts with the tag of a SEQUENCE.</summary>
    private static Encoding? EncodingOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        // 0x30 is also the digit '0', but no key text starts with it.
        [] or [0x30, ..] => null,
        [0xFF, 0xFE, ..] or [_, 0, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] or [0, ..] => Encoding.BigEndianUnicode,
        _ => Encoding.UTF8,
    };

    private void ReadText(byte[] bytes, int length, Encoding encoding, int layer)
    {
        char[] text = NewArray<char>(encoding.GetCharCount(bytes, 0, length));
        encoding.GetChars(bytes, 0, length, text, 0);
        ReadLayer(text, layer + 1);
        text.AsSpan().Clear();
    }

    private void ReadDer(byte[] der, int length)
    {
        if (KeyDer.Read(der.AsMemory(0, length), out string? fault) is { } block)
            _blocks.Add(block);
        else
            _faults.Add(fault!);
        CryptographicOperations.ZeroMemory(der);
    }
}
