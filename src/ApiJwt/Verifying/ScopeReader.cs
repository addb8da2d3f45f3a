using System.Text.Json;

namespace ApiJwts;

/// <summary>Reads the scopes of a token. Several claims may contain them if all contain the same scopes.</summary>
internal struct ScopeReader
{
    private string[]? _found;

    /// <summary>Whether two claims contain different scopes. Such a token is refused, because services that read different claims would grant different access.</summary>
    public bool Differ { get; private set; }

    public readonly string[] Found => _found ?? [];

    /// <summary>Reads one claim.</summary>
    /// <param name="json">The value of the claim.</param>
    /// <param name="separator">The separator of the scopes in a string.</param>
    /// <returns>The expected form if the value is invalid; <see langword="null"/> if it is valid.</returns>
    public string? Read(JsonElement json, char separator)
    {
        string[]? scopes = json.ValueKind == JsonValueKind.String
            ? json.GetString()!.Split(separator, StringSplitOptions.RemoveEmptyEntries)
            : StrictJson.ReadStrings(json);
        // A reader of arrays would see an element with a separator as one scope, and a reader of strings would see two scopes.
        if (scopes is null || Array.Exists(scopes, scope => scope.Contains(separator, StringComparison.Ordinal)))
            return separator == ',' ? "a string, or an array of strings without commas" : "a string, or an array of strings without spaces";
        Differ |= _found is not null && !_found.ToHashSet(StringComparer.Ordinal).SetEquals(scopes);
        _found = scopes;
        return null;
    }
}
