namespace ApiJwts;

/// <summary>A verdict, and whether it could be another one with keys that are not here yet.</summary>
/// <param name="Result">The verdict with the keys in force.</param>
/// <param name="MayBeOfNewKey">Whether the token may have been signed with a key that was published a moment ago.</param>
internal readonly record struct Judgement(DecodeResult Result, bool MayBeOfNewKey = false)
{
    public static implicit operator Judgement(DecodeResult result) => new(result);
}
