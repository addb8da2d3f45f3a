using System.Text.Json;
using System.Text.Unicode;

namespace ApiJwts;

/// <summary>
/// One JSON object and nothing else, read so that no two readers can disagree on what it says: no duplicate names at any depth,
/// no lone surrogates, no bytes that are not UTF-8, no comments, nothing after the object, 64 levels at most.
/// </summary>
/// <remarks>
/// The grammar is the platform reader's. What it lets pass is refused here with the same exceptions that it throws:
/// <see cref="JsonException"/>, and <see cref="InvalidOperationException"/> for text that is not Unicode.
/// </remarks>
internal static class StrictJson
{
    private const int MaxDepth = 64;

    /// <summary>Whether the bytes are one object, found out without an exception; duplicate names are left to the reading.</summary>
    public static bool IsObject(ReadOnlySpan<byte> utf8) => Utf8.IsValid(utf8) && JsonGrammar.IsObject(utf8, MaxDepth);

    /// <summary>A reader on the object's first member, or its end.</summary>
    public static Utf8JsonReader OpenObject(ReadOnlySpan<byte> utf8)
    {
        // The platform reader checks only the strings that somebody asks for.
        if (!Utf8.IsValid(utf8))
            throw new JsonException();
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException();
        return reader;
    }

    /// <summary>Goes to the next member's name; at the object's end makes sure that nothing follows.</summary>
    public static bool NextMember(ref Utf8JsonReader reader)
    {
        if (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            return true;
        if (reader.Read())
            throw new JsonException();
        return false;
    }

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
            // Only an escape can still hide half a character: the bytes are known to be UTF-8.
            case JsonTokenType.String when reader.ValueIsEscaped:
                _ = reader.GetString();
                break;
        }

        return true;
    }
}
