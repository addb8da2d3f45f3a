namespace ApiJwts;

/// <summary>The result for a token, and whether newer keys could change it.</summary>
/// <param name="Result">The result with the current keys.</param>
/// <param name="MayBeOfNewKey">Whether the token may be signed with a key that has not been fetched yet.</param>
internal readonly record struct Judgement(DecodeResult Result, bool MayBeOfNewKey = false)
{
    public static implicit operator Judgement(DecodeResult result) => new(result);
}
