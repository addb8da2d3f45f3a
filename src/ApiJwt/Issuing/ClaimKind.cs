namespace ApiJwts;

/// <summary>What a claim holds. On the wire all of them are JSON strings.</summary>
internal enum ClaimKind
{
    Text,
    Integer,
    Number,
    Level,
    Boolean,
    TextList,
}
