namespace ApiJwts;

/// <summary>The type of a claim's value. The token contains a JSON string for every type.</summary>
internal enum ClaimKind
{
    Text,
    Integer,
    Number,
    Level,
    Boolean,
    TextList,
}
