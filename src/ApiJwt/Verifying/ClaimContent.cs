namespace ApiJwts;

/// <summary>What a claim other than this library's own holds, as far as anything here can read it.</summary>
/// <param name="Kind">Its JSON form.</param>
/// <param name="Text">The text of a string, or the digits of a number.</param>
/// <param name="List">The elements of an array of strings, without empty ones.</param>
internal readonly record struct ClaimContent(ClaimContentKind Kind, string? Text = null, string[]? List = null);

internal enum ClaimContentKind
{
    Other,
    Text,
    Number,
    List,
}
