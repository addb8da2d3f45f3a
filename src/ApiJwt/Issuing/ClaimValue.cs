using System.Text.Json.Serialization;

namespace ApiJwts;

/// <summary>A value for a claim: text, an integer, a number, true or false, or a list of text. It converts from each of these by itself.</summary>
/// <remarks>
/// Immutable and thread-safe. <see langword="default"/> holds no value, as <see langword="null"/> does, and leaves a claim at its default.
/// <see cref="object.ToString"/> shows no value.
/// </remarks>
[JsonConverter(typeof(ClaimValueConverter))]
public readonly struct ClaimValue : IEquatable<ClaimValue>
{
    private readonly object? _value;

    private ClaimValue(object? value) => _value = value;

    /// <summary>A text.</summary>
    /// <param name="value">The text; <see langword="null"/> counts as no value.</param>
    /// <returns>The value.</returns>
    public static ClaimValue From(string? value) => new(value);

    /// <summary>An integer.</summary>
    /// <param name="value">The integer.</param>
    /// <returns>The value.</returns>
    public static ClaimValue From(long value) => new(value);

    /// <summary>A number.</summary>
    /// <param name="value">The number, which must be finite by the time a token is issued.</param>
    /// <returns>The value.</returns>
    public static ClaimValue From(double value) => new(value);

    /// <summary>True or false.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value.</returns>
    public static ClaimValue From(bool value) => new(value);

    /// <summary>A list of text.</summary>
    /// <param name="values">The elements, copied; <see langword="null"/> counts as no value.</param>
    /// <returns>The value.</returns>
    public static ClaimValue From(IEnumerable<string>? values) => new(values?.ToArray());

    /// <inheritdoc cref="From(string)"/>
    public static implicit operator ClaimValue(string? value) => From(value);

    /// <inheritdoc cref="From(long)"/>
    public static implicit operator ClaimValue(long value) => From(value);

    /// <inheritdoc cref="From(double)"/>
    public static implicit operator ClaimValue(double value) => From(value);

    /// <inheritdoc cref="From(bool)"/>
    public static implicit operator ClaimValue(bool value) => From(value);

    /// <inheritdoc cref="From(IEnumerable{string})"/>
    public static implicit operator ClaimValue(string[]? values) => From(values);

    /// <summary>The number that stands for a do-not-track choice.</summary>
    /// <param name="value">The choice.</param>
    /// <returns>The value.</returns>
    public static implicit operator ClaimValue(DoNotTrack value) => From((long)value);

    /// <summary>Whether both hold the same value: for a list, the same elements in the same order.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether both are the same value of the same kind.</returns>
    public static bool operator ==(ClaimValue left, ClaimValue right) => left.Equals(right);

    /// <summary>Whether the two hold different values.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they differ in value or kind.</returns>
    public static bool operator !=(ClaimValue left, ClaimValue right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ClaimValue other) => (_value, other._value) is (string[] mine, string[] theirs)
        ? mine.AsSpan().SequenceEqual(theirs)
        : Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ClaimValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is string[] list ? list.Length : _value?.GetHashCode() ?? 0;

    /// <summary>What it holds, for those who write it as JSON.</summary>
    internal object? Value => _value;

    /// <summary>No value at all, which leaves a claim at its default.</summary>
    internal bool IsNone => _value is null;

    /// <summary>The value as wire texts, one for each element of a list; <see langword="null"/> if it is not of that kind.</summary>
    internal IReadOnlyList<string>? ToWire(ClaimKind kind) => (kind, _value) switch
    {
        (ClaimKind.Text, string text) => [text],
        (ClaimKind.Integer, long integer) => [PythonNumber.Format(integer)],
        (ClaimKind.Number, long integer) => [PythonNumber.Format((double)integer)],
        (ClaimKind.Number, double number) when double.IsFinite(number) => [PythonNumber.Format(number)],
        (ClaimKind.Level, long integer) => [PythonNumber.Format((double)integer)],
        // Adding zero takes the sign off a zero, which would be another text for one level.
        (ClaimKind.Level, double number) when double.IsFinite(number) => [PythonNumber.Format(number + 0.0)],
        // As Python writes them.
        (ClaimKind.Boolean, bool value) => [value ? "True" : "False"],
        (ClaimKind.TextList, string[] list) => list,
        // As the Python library does: one text where a list is declared is a list of one.
        (ClaimKind.TextList, string text) => [text],
        _ => null,
    };
}
