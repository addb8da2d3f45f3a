namespace ApiJwts;

/// <summary>What the keys in force say of a signature.</summary>
internal enum KeyMatch
{
    /// <summary>A key fits the signature.</summary>
    Good,

    /// <summary>The key that the token names is here, and does not fit.</summary>
    Wrong,

    /// <summary>The token names no key, or one that is not here, and no key fits: a key that is fetched later may.</summary>
    Unknown,
}
