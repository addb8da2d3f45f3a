namespace ApiJwts;

/// <summary>The <see cref="PayloadPolicy"/> does not allow a request; no token was issued.</summary>
/// <remarks>The properties say what was refused, so that an auth service can answer its caller without parsing the message.</remarks>
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

    /// <summary>The name of the claim that was refused, such as <c>scopes</c>, <c>level</c>, or the name of an extra.</summary>
    public string Claim { get; }

    /// <summary>The value that was refused, in the form of the token; <see langword="null"/> if there was none, or if it has no such form.</summary>
    public string? Value { get; }

    /// <summary>The values that are allowed for <see cref="Claim"/>; empty if the claim was refused for another reason than its value.</summary>
    public IReadOnlyList<string> AllowedValues { get; }

    /// <summary>The policy key of the request, such as <c>user</c>; <see langword="null"/> if it was not determined.</summary>
    public string? Key { get; }
}
