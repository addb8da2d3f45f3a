using System.Text.Json;
using System.Text.Unicode;

namespace ApiJwts;

/// <summary>
/// One JSON object and nothing else, read so that no two readers can disagree on what it says: no duplicate names at any depth,
/// no lone surrogates, no bytes that are not UTF-8, no comments, nothing after the object, 64 levels at most.
/// </summary>
internal static class StrictJson
{
    private const int MaxDepth = 64;

    /// <summary>Opens a reader, if the bytes are one object; duplicate names are left to the reading.</summary>
    /// <remarks>
    /// The platform's reader gets to see only what it will not refuse: it refuses by throwing, with a text that may hold the rest
    /// of what it was reading.
    /// </remarks>
    public static bool TryOpenObject(ReadOnlySpan<byte> utf8, out Utf8JsonReader reader)
    {
        reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
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
