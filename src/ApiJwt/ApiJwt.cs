using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ApiJwts;

/// <summary>
/// Issues signed JSON Web Tokens (RFC 7519, signed with RS256) in the service that has the private key, and verifies them in
/// every service that has public keys. Derive one class for all your services and configure <see cref="Policy"/> in its constructor.
/// </summary>
/// <remarks>
/// Thread-safe once constructed, and made to be a singleton: keys are parsed once, and verified tokens are remembered. An
/// instance is a direct port of the Python library's <c>APIJwt</c>, without its state: what a token says is in the
/// <see cref="DecodeResult"/>, never in the instance.
/// </remarks>
public abstract class ApiJwt
{
    private readonly TokenIssuer _issuer;
    private readonly TokenVerifier _verifier;

    /// <summary>Checks the options and reads the keys.</summary>
    /// <param name="options">Read here, once; later changes to it have no effect.</param>
    /// <param name="logger">Told, at Debug and Information, of tokens issued and refused; never of what is in them.</param>
    /// <exception cref="KeyFormatException">One or more keys cannot be used; the message lists all of them.</exception>
    /// <exception cref="ApiJwtException">There is no key to verify with, or another option is out of bounds.</exception>
    protected ApiJwt(ApiJwtOptions options, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        logger ??= NullLogger.Instance;
        Policy = new PayloadPolicy();
        Keys = KeyRing.FromOptions(options, logger);
        var telemetry = new Telemetry(options.MeterFactory);
        _issuer = new TokenIssuer(options, Policy, Keys, telemetry, logger);
        _verifier = new TokenVerifier(options, Policy, Keys, telemetry, logger);
    }

    /// <summary>
    /// What may be issued. Configure it in the constructor of your class: with the first token it freezes. A service that only
    /// verifies needs none of it.
    /// </summary>
    /// <remarks>Not public, so that nobody who is handed an instance can allow more than its class does.</remarks>
    protected PayloadPolicy Policy { get; }

    /// <summary>The keys, which can be changed at any time.</summary>
    public KeyRing Keys { get; }

    /// <summary>Issues a signed token.</summary>
    /// <param name="request">Who the token is for and what it grants.</param>
    /// <returns>The token in JWS Compact Serialization (RFC 7515, section 3.1).</returns>
    /// <exception cref="PolicyViolationException"><see cref="Policy"/> does not allow what is asked for.</exception>
    /// <exception cref="ApiJwtException">There is no private key.</exception>
    public string Encode(TokenRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _issuer.Issue(request);
    }

    /// <summary>Verifies a token and reads it. Throws for no input.</summary>
    /// <param name="token">The token alone, without <c>Bearer</c> before it.</param>
    /// <returns>
    /// A result with a payload if the token is valid, and with a reason if it is not. It is judged in this order: length, form,
    /// header, signature, claims, audience, time. A forged token is therefore never called expired.
    /// </returns>
    public DecodeResult Decode(string? token) => _verifier.Verify(token);
}
