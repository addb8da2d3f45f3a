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
    internal ApiJwtException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
