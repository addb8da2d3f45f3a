namespace ApiJwts;

/// <summary>A token was asked for that the <see cref="PayloadPolicy"/> does not allow; nothing was issued.</summary>
/// <remarks>
/// Beside the message, the properties say what was refused, so that an auth service can answer its own caller without
/// parsing text.
/// </remarks>
public sealed class PolicyViolationException : ApiJwtException
{
    internal PolicyViolationException(
        string message, string claim, string? value = null, IReadOnlyList<string>? allowedValues = null, string? policyKey = null)
        : base(message)
    {
        Claim = claim;
        Value = value;
        AllowedValues = Array.AsReadOnly(allowedValues?.ToArray() ?? []);
        Key = policyKey;
    }

    /// <summary>The claim that was refused, by its name on the wire: <c>scopes</c>, <c>level</c>, or an extra's name.</summary>
    public string Claim { get; }

    /// <summary>The value that was refused, as it would stand on the wire; <see langword="null"/> when none was given, or none that can stand there.</summary>
    public string? Value { get; }

    /// <summary>The values that are allowed for <see cref="Claim"/>; empty when the fault is not one of choice.</summary>
    public IReadOnlyList<string> AllowedValues { get; }

    /// <summary>The key the token was asked for, such as <c>user</c>; <see langword="null"/> when it is not known.</summary>
    public string? Key { get; }
}
