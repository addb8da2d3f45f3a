namespace ApiJwts;

/// <summary>The kind of failure of a <see cref="TokenSigner"/>.</summary>
public enum TokenSigningFault
{
    /// <summary>The signer threw an exception, which is the inner exception of <see cref="TokenSigningException"/>.</summary>
    Failed = 0,

    /// <summary>The signer timed out. The caller did not cancel.</summary>
    TimedOut = 1,

    /// <summary>The public key of the signer does not verify the signature.</summary>
    InvalidSignature = 2,
}
