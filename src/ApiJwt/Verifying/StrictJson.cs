using System.Text.Json;
using System.Text.Unicode;

namespace ApiJwts;

/// <summary>
/// Parses a single JSON object that all JSON parsers read the same way: valid UTF-8, no duplicate member at any depth, no lone surrogate,
/// no comment, no data after the object, and at most 64 levels.
/// </summary>
internal static class StrictJson
{
    public static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>Parses the object; <see langword="null"/> if the bytes are not a strict JSON object.</summary>
    public static JsonElement? ParseObject(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
            return null;
        try
        {
            JsonElement json = JsonElement.Parse(utf8, Options);
            if (json.ValueKind != JsonValueKind.Object)
                return null;
            // Valid UTF-8 can have a lone surrogate only as an escape. Reading every string finds it.
            if (utf8.IndexOf("\\u"u8) != -1)
                ReadAllText(json);
            return json;
        }
        // InvalidOperationException: a string has a lone surrogate.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The elements of an array of strings, without empty elements; <see langword="null"/> if <paramref name="json"/> is not an array of strings.</summary>
    public static string[]? ReadStrings(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(element => element.ValueKind == JsonValueKind.String)
            ? [.. json.EnumerateArray().Select(element => element.GetString()!).Where(element => element.Length > 0)]
            : null;

    private static void ReadAllText(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in json.EnumerateObject())
                {
                    _ = member.Name;
                    ReadAllText(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement element in json.EnumerateArray())
                    ReadAllText(element);
                break;
            case JsonValueKind.String:
                json.GetString();
                break;
        }
    }
}
