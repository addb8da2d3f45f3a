using System.Text.Json.Serialization;

namespace ApiJwts;

/// <summary>The value of a claim: a string, an integer, a number, a Boolean, or a list of strings. Each of these types converts to it implicitly.</summary>
/// <remarks>
/// Immutable and thread-safe. <see langword="default"/> and <see langword="null"/> are no value: the claim gets its default.
/// <see cref="object.ToString"/> does not show the value.
/// </remarks>
[JsonConverter(typeof(ClaimValueConverter))]
public readonly struct ClaimValue : IEquatable<ClaimValue>
{
    private readonly object? _value;

    private ClaimValue(object? value) => _value = value;

    /// <summary>Creates a string value.</summary>
    /// <param name="value">The string; <see langword="null"/> for no value.</param>
    /// <returns>The value.</returns>
    public static ClaimValue From(string? value) => new(value);

    /// <summary>Creates an integer value.</summary>
    /// <param name="value">The integer.</param>
    /// <returns>The value.</returns>
    public static ClaimValue From(long value) => new(value);

    /// <summary>Creates a number value.</summary>
    /// <param name="value">The number. A token is issued only with a finite number.</param>
    /// <returns>The value.</returns>
    public static ClaimValue From(double value) => new(value);

    /// <summary>Creates a Boolean value.</summary>
    /// <param name="value">The Boolean.</param>
    /// <returns>The value.</returns>
    public static ClaimValue From(bool value) => new(value);

    /// <summary>Creates a list of strings.</summary>
    /// <param name="values">The elements, which are copied; <see langword="null"/> for no value.</param>
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

    /// <summary>Converts a do-not-track value to its number.</summary>
    /// <param name="value">The do-not-track value.</param>
    /// <returns>The value.</returns>
    public static implicit operator ClaimValue(DoNotTrack value) => From((long)value);

    /// <summary>Compares two values. Lists are equal if they have the same elements in the same order.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether both have the same type and the same value.</returns>
    public static bool operator ==(ClaimValue left, ClaimValue right) => left.Equals(right);

    /// <summary>Compares two values.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ in type or value.</returns>
    public static bool operator !=(ClaimValue left, ClaimValue right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ClaimValue other) => (_value, other._value) is (string[] mine, string[] theirs)
        ? mine.AsSpan().SequenceEqual(theirs)
        : Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ClaimValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is string[] list ? list.Length : _value?.GetHashCode() ?? 0;

    /// <summary>The value for the JSON converter: a string, a <see cref="long"/>, a <see cref="double"/>, a <see cref="bool"/>, an array of strings, or <see langword="null"/>.</summary>
    internal object? Value => _value;

    /// <summary>Whether there is no value, so that the claim gets its default.</summary>
    internal bool IsNone => _value is null;

    /// <summary>The value in the form of the token, with one string for each element of a list; <see langword="null"/> if the value is not of that kind.</summary>
    internal IReadOnlyList<string>? ToWire(ClaimKind kind) => (kind, _value) switch
    {
        (ClaimKind.Text, string text) => [text],
        (ClaimKind.Integer, long integer) => [PythonNumber.Format(integer)],
        (ClaimKind.Number, long integer) => [PythonNumber.Format((double)integer)],
        (ClaimKind.Number, double number) when double.IsFinite(number) => [PythonNumber.Format(number)],
        (ClaimKind.Level, long integer) => [PythonNumber.Format((double)integer)],
        // Adding zero turns -0.0 into 0.0, so that the level zero has one form in tokens.
        (ClaimKind.Level, double number) when double.IsFinite(number) => [PythonNumber.Format(number + 0.0)],
        // Python's str(bool).
        (ClaimKind.Boolean, bool value) => [value ? "True" : "False"],
        (ClaimKind.TextList, string[] list) => list,
        // The Python library wraps a single value into a list too.
        (ClaimKind.TextList, string text) => [text],
        _ => null,
    };
}
