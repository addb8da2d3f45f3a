namespace ApiJwts;

/// <summary>
/// An option is wrong, the policy contradicts itself, or a token cannot be issued.
/// </summary>
/// <remarks>
/// The base class of the exceptions of this library. An untrusted token never causes one: <see cref="ApiJwt.Decode"/> returns a
/// result. No message contains a key or a token. A null argument throws <see cref="ArgumentNullException"/>.
/// </remarks>
public class ApiJwtException : Exception
{
    /// <summary>Creates an exception. Libraries that extend this one may call it.</summary>
    /// <param name="message">What failed, which setting or claim, what is allowed, and what to do. It must not contain a token, a key, or a value of an untrusted token.</param>
    /// <param name="innerException">The cause; <see langword="null"/> if there is none.</param>
    public ApiJwtException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
