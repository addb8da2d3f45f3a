using System.Text.Json;

namespace ApiJwts.Tool.Issuing;

/// <summary>An extra claim from the command line.</summary>
/// <param name="Name">The name of the claim.</param>
/// <param name="Value">The value of the claim.</param>
/// <param name="Declaration">The declaration with which a policy allows the claim.</param>
internal sealed record ExtraClaim(string Name, ClaimValue Value, Extra Declaration)
{
    /// <summary>Parses <c>name=text</c>, or <c>name:=json</c> for a number, true or false, or a list. Returns <see langword="null"/> for other texts.</summary>
    public static ExtraClaim? Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
            return null;
        if (text[equals - 1] != ':')
            return new ExtraClaim(text[..equals], text[(equals + 1)..], Extra.Text(text[..equals]));
        try
        {
            using JsonDocument document = JsonDocument.Parse(text.AsMemory(equals + 1));
            return Of(text[..(equals - 1)], document.RootElement);
        }
        // InvalidOperationException: a lone surrogate in a string.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ExtraClaim? Of(string name, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new ExtraClaim(name, json.GetString(), Extra.Text(name)),
        JsonValueKind.Number when json.TryGetInt64(out long integer) => new ExtraClaim(name, integer, Extra.Integer(name)),
        JsonValueKind.Number => new ExtraClaim(name, json.GetDouble(), Extra.Number(name)),
        JsonValueKind.True or JsonValueKind.False => new ExtraClaim(name, json.GetBoolean(), Extra.Boolean(name)),
        JsonValueKind.Array when json.EnumerateArray().All(element => element.ValueKind == JsonValueKind.String) =>
            new ExtraClaim(name, json.EnumerateArray().Select(element => element.GetString()!).ToArray(), Extra.TextList(name)),
        _ => null,
    };
}
