namespace ApiJwts;

/// <summary>The <see cref="TokenSigner"/> gave no signature that could be used. No token was issued.</summary>
public sealed class TokenSigningException : ApiJwtException
{
    internal TokenSigningException(TokenSigningFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>What went wrong.</summary>
    public TokenSigningFault Fault { get; }
}
