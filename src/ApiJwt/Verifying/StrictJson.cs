using System.Text.Json;
using System.Text.Unicode;

namespace ApiJwts;

/// <summary>
/// One JSON object and nothing else, which every reader understands alike: no member twice at any depth, no lone surrogate, no bytes
/// that are not UTF-8, no comment, nothing after the object, 64 levels at most.
/// </summary>
internal static class StrictJson
{
    public static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>The object; <see langword="null"/> if the bytes are anything else.</summary>
    public static JsonElement? ParseObject(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
            return null;
        try
        {
            JsonElement json = JsonElement.Parse(utf8, Options);
            if (json.ValueKind != JsonValueKind.Object)
                return null;
            // Half a character can only be written as an escape.
            if (utf8.IndexOf("\\u"u8) >= 0)
                ReadAllText(json);
            return json;
        }
        // InvalidOperationException: a string with a lone surrogate.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The elements of an array of strings, without empty ones; <see langword="null"/> for anything else.</summary>
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
