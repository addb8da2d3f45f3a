namespace ApiJwts;

/// <summary>Why a <see cref="TokenSigner"/> gave no signature that could be used.</summary>
public enum TokenSigningFault
{
    /// <summary>The signer threw an exception, which is the inner exception.</summary>
    Failed = 0,

    /// <summary>The signer gave up waiting, though the caller had not cancelled.</summary>
    TimedOut = 1,

    /// <summary>The signer gave a signature that its own public key does not fit.</summary>
    InvalidSignature = 2,
}
