using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ApiJwts;

/// <summary>Reads and writes a claim value as a JSON string, a number, a Boolean, or an array of strings.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "The attribute on ClaimValue creates it.")]
internal sealed class ClaimValueConverter : JsonConverter<ClaimValue>
{
    public override ClaimValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.True or JsonTokenType.False => reader.GetBoolean(),
        JsonTokenType.Number => reader.TryGetInt64(out long integer) ? ClaimValue.From(integer) : ClaimValue.From(reader.GetDouble()),
        JsonTokenType.StartArray => ReadList(ref reader),
        JsonTokenType.Null => default,
        _ => throw Refuse(),
    };

    public override void Write(Utf8JsonWriter writer, ClaimValue value, JsonSerializerOptions options)
    {
        switch (value.Value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool boolean:
                writer.WriteBooleanValue(boolean);
                break;
            case long integer:
                writer.WriteNumberValue(integer);
                break;
            case double number:
                WriteNumber(writer, number);
                break;
            case string[] list:
                writer.WriteStartArray();
                foreach (string element in list)
                    writer.WriteStringValue(element);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    // Utf8JsonWriter writes 3.0 as 3, which Read would return as an integer.
    private static void WriteNumber(Utf8JsonWriter writer, double number) =>
        writer.WriteRawValue(double.IsFinite(number) ? PythonNumber.Format(number) : throw new JsonException("The number in a claim must be finite."));

    private static ClaimValue ReadList(ref Utf8JsonReader reader)
    {
        var list = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            list.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Refuse());
        return ClaimValue.From(list);
    }

    // The serializer adds the path, which names the extra.
    private static JsonException Refuse() => new("The value of a claim must be a string, a number, true or false, or an array of strings.");
}
