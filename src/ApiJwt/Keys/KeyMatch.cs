namespace ApiJwts;

/// <summary>The result of verifying a signature with the keys in force.</summary>
internal enum KeyMatch
{
    /// <summary>A key verifies the signature.</summary>
    Good,

    /// <summary>The key that the token names is known, and does not verify the signature.</summary>
    Wrong,

    /// <summary>The token names no key or an unknown one, and no known key verifies the signature. A key that is fetched later may verify it.</summary>
    Unknown,
}
