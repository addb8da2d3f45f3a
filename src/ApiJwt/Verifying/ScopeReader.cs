using System.Text.Json;

namespace ApiJwts;

/// <summary>Collects the scopes of a token, which may stand in several claims if these agree.</summary>
internal struct ScopeReader
{
    private string[]? _found;

    /// <summary>Whether two claims name different scopes: readers of one or the other would grant different things.</summary>
    public bool Differ { get; private set; }

    public readonly string[] Found => _found ?? [];

    /// <summary>Reads one claim.</summary>
    /// <param name="json">Its value.</param>
    /// <param name="separator">What stands between the scopes of a string.</param>
    /// <returns>What the value is not, if it cannot be read.</returns>
    public string? Read(JsonElement json, char separator)
    {
        string[]? scopes = json.ValueKind == JsonValueKind.String
            ? json.GetString()!.Split(separator, StringSplitOptions.RemoveEmptyEntries)
            : StrictJson.ReadStrings(json);
        // Inside an element, a separator would be one scope to a reader of arrays and two to a reader of strings.
        if (scopes is null || Array.Exists(scopes, scope => scope.Contains(separator, StringComparison.Ordinal)))
            return separator == ',' ? "a string, or an array of strings without commas" : "a string, or an array of strings without spaces";
        Differ |= _found is not null && !_found.ToHashSet(StringComparer.Ordinal).SetEquals(scopes);
        _found ??= scopes;
        return null;
    }
}
