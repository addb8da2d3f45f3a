namespace ApiJwts;

/// <summary>The <see cref="TokenSigner"/> failed, or returned an invalid signature. Nothing was signed.</summary>
public sealed class TokenSigningException : ApiJwtException
{
    internal TokenSigningException(TokenSigningFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>The kind of failure.</summary>
    public TokenSigningFault Fault { get; }
}
