using System.Text.Json;
using System.Text.Unicode;

namespace ApiJwts;

/// <summary>
/// One JSON object and nothing else, read so that no two readers can disagree on what it says: no duplicate names at any depth,
/// no lone surrogates, no bytes that are not UTF-8, no comments, nothing after the object, 64 levels at most.
/// </summary>
internal static class StrictJson
{
    // As many as the platform's reader takes by itself.
    private const int MaxDepth = 64;

    /// <summary>Opens a reader, if the bytes are one object; duplicate names are left to the reading.</summary>
    /// <remarks>
    /// The platform's reader gets to see only what it will not refuse: it refuses by throwing, with a text that may hold the rest
    /// of what it was reading.
    /// </remarks>
    public static bool TryOpenObject(ReadOnlySpan<byte> utf8, out Utf8JsonReader reader)
    {
        reader = new Utf8JsonReader(utf8);
        return Utf8.IsValid(utf8) && JsonGrammar.IsObject(utf8, MaxDepth) && reader.Read();
    }

    /// <summary>Goes to the next member's name.</summary>
    public static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Goes to the end of the value that the reader stands on, looking at all that is in it.</summary>
    /// <returns>Whether no object in it has one name twice. If one has, the reader stays where it found that.</returns>
    public static bool Skip(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var names = new HashSet<string>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    if (!names.Add(reader.GetString()!) || !reader.Read() || !Skip(ref reader))
                        return false;
                }

                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (!Skip(ref reader))
                        return false;
                }

                break;
        }

        return true;
    }
}

/// <summary>Says of bytes whether they are one JSON object (RFC 8259), without an exception when they are not.</summary>
/// <remarks>
/// Stands before the platform's reader, because that one can only say no by throwing. It reads nothing and accepts nothing: what
/// passes here is read, and can still be refused, there.
/// </remarks>
internal ref struct JsonGrammar
{
    private readonly ReadOnlySpan<byte> _json;
    private int _at;

    private JsonGrammar(ReadOnlySpan<byte> json) => _json = json;

    private readonly byte Here => _at < _json.Length ? _json[_at] : (byte)0;

    public static bool IsObject(ReadOnlySpan<byte> json, int maxDepth)
    {
        var grammar = new JsonGrammar(json);
        grammar.SkipBlanks();
        return grammar.Here == '{' && grammar.Value(maxDepth) && grammar._at == json.Length;
    }

    private bool Value(int depth)
    {
        SkipBlanks();
        bool isValue = Here switch
        {
            (byte)'{' => depth > 0 && Members((byte)'}', depth - 1),
            (byte)'[' => depth > 0 && Members((byte)']', depth - 1),
            (byte)'"' => Text(),
            (byte)'t' => Literal("true"u8),
            (byte)'f' => Literal("false"u8),
            (byte)'n' => Literal("null"u8),
            _ => Number(),
        };
        SkipBlanks();
        return isValue;
    }

    private bool Members(byte end, int depth)
    {
        _at++;
        SkipBlanks();
        if (Take(end))
            return true;
        do
        {
            SkipBlanks();
            if (end == '}' && !Name())
                return false;
            if (!Value(depth))
                return false;
        }
        while (Take((byte)','));
        return Take(end);
    }

    private bool Name()
    {
        bool isName = Here == '"' && Text();
        SkipBlanks();
        return isName && Take((byte)':');
    }

    private bool Text()
    {
        _at++;
        bool afterHighSurrogate = false;
        while (_at < _json.Length)
        {
            byte character = _json[_at++];
            if (character == '\\' && Here == 'u')
            {
                if (!TryTakeUnit(out int unit) || char.IsLowSurrogate((char)unit) != afterHighSurrogate)
                    return false;
                afterHighSurrogate = char.IsHighSurrogate((char)unit);
                continue;
            }

            // Half a character, and its other half does not follow at once.
            if (afterHighSurrogate || character < 0x20)
                return false;
            if (character == '"')
                return true;
            if (character == '\\' && "\"\\/bfnrt"u8.IndexOf(_at < _json.Length ? _json[_at++] : (byte)0) < 0)
                return false;
        }

        // Whatever is said here: the object has no room left for its brace.
        return false;
    }

    private bool TryTakeUnit(out int unit)
    {
        unit = 0;
        _at++;
        for (int i = 0; i < 4; i++)
        {
            int digit = "0123456789abcdef"u8.IndexOf((byte)(Here | 0x20));
            if (digit < 0 || Here is < (byte)'0')
                return false;
            unit = (unit << 4) | digit;
            _at++;
        }

        return true;
    }

    private bool Number()
    {
        Take((byte)'-');
        if (!Take((byte)'0') && !Digits())
            return false;
        if (Take((byte)'.') && !Digits())
            return false;
        if (!Take((byte)'e') && !Take((byte)'E'))
            return true;
        if (!Take((byte)'+'))
            Take((byte)'-');
        return Digits();
    }

    private bool Digits()
    {
        int start = _at;
        while (char.IsAsciiDigit((char)Here))
            _at++;
        return _at > start;
    }

    private bool Literal(ReadOnlySpan<byte> literal)
    {
        bool isLiteral = _json[_at..].StartsWith(literal);
        _at += literal.Length;
        return isLiteral;
    }

    private bool Take(byte expected)
    {
        bool isThere = _at < _json.Length && _json[_at] == expected;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private void SkipBlanks()
    {
        while (_at < _json.Length && _json[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            _at++;
    }
}
