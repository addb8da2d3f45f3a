namespace ApiJwts;

/// <summary>
/// A mistake of the caller: a wrong option, a policy that contradicts itself, a token that cannot be issued.
/// </summary>
/// <remarks>
/// The root of this library's exceptions. An untrusted token never causes one: <see cref="ApiJwt.Decode"/> returns its
/// verdict. No message contains a key or a token. A null argument is an <see cref="ArgumentNullException"/>, as everywhere in .NET.
/// </remarks>
public class ApiJwtException : Exception
{
    /// <summary>Makes one, for this library and for those that extend it.</summary>
    /// <param name="message">What failed, which setting or claim, what is allowed, and what to do. No token, no key, and no value of an untrusted token.</param>
    /// <param name="innerException">What caused it.</param>
    public ApiJwtException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
