using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.Tokens;

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
    private readonly ApiJwtTokenHandler _handler;

    /// <summary>Checks the options and reads the keys.</summary>
    /// <param name="options">Read here, once; later changes to it have no effect.</param>
    /// <param name="logger">Gets a line for each token issued (Debug) or refused (Information), and for each change of the keys. <see cref="ApiJwtOptions.LoggerFactory"/> makes one if this is left out.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="KeyFormatException">One or more keys cannot be used; the message lists all of them.</exception>
    /// <exception cref="ApiJwtException">There is no key to verify with, or another option is out of bounds.</exception>
    protected ApiJwt(ApiJwtOptions options, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsCheck.ThrowIfUnusable(options);
        logger ??= options.LoggerFactory?.CreateLogger(GetType()) ?? (ILogger)NullLogger.Instance;
        Policy = new PayloadPolicy();
        Keys = new KeyRing(options, logger);
        Revocations = new RevocationList(options, Keys, logger);
        _handler = new ApiJwtTokenHandler(options, GetType().Name, Policy, Keys, Revocations, logger);
    }

    /// <summary>
    /// What may be issued. Configure it in the constructor of your class: with the first token that is issued it freezes. A service that
    /// only verifies needs none of it.
    /// </summary>
    /// <remarks>Not public, so that code with an instance cannot change the policy.</remarks>
    protected PayloadPolicy Policy { get; }

    /// <summary>The keys, which can be changed at any time.</summary>
    public KeyRing Keys { get; }

    /// <summary>The tokens that were withdrawn before they expired.</summary>
    public RevocationList Revocations { get; }

    /// <summary>The keys that the policy of this class allows, in the order of its constructor; empty if it allows none of its own.</summary>
    /// <remarks>For those who check guards against them, or describe an API.</remarks>
    public IReadOnlyList<PolicyKey> PolicyKeys => Policy.Rules.NamedPolicyKeys;

    /// <summary>The authentication levels that the policy of this class allows; empty if it allows none of its own.</summary>
    public IReadOnlyList<double> PolicyLevels => Policy.Rules.NamedLevels;

    /// <summary>
    /// The same verification for everything that takes a token handler of IdentityModel, such as <c>JwtBearerOptions.TokenHandlers</c>.
    /// </summary>
    /// <remarks>The identity of a valid token is a <see cref="VerifiedIdentity"/>. The settings of this instance decide, and not the parameters of the call.
    /// The security token of a result has the id, the issuer and the times of the token; its <c>UnsafeToString</c> gives the text.</remarks>
    public TokenHandler TokenHandler => _handler;

    /// <summary>Issues a signed token.</summary>
    /// <param name="request">Who the token is for and what it grants.</param>
    /// <returns>The token in JWS Compact Serialization (RFC 7515, section 3.1).</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is <see langword="null"/>.</exception>
    /// <exception cref="PolicyViolationException"><see cref="Policy"/> does not allow what is asked for.</exception>
    /// <exception cref="ApiJwtException">There is no private key, or it signs asynchronously.</exception>
    /// <exception cref="TokenSigningException">The <see cref="TokenSigner"/> gave no signature that could be used.</exception>
    public string Encode(TokenRequest request) => Issue(request).Text;

    /// <summary>Issues a signed token, and says by which id and until when it can be withdrawn.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is <see langword="null"/>.</exception>
    /// <inheritdoc cref="Encode" path="/exception"/>
    /// <param name="request">Who the token is for and what it grants.</param>
    /// <returns>The token, its id if the policy writes one, and its expiry.</returns>
    public IssuedToken Issue(TokenRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _handler.Issue(request);
    }

    /// <summary>Issues a signed token as <see cref="Encode"/> does, with a private key that may sign asynchronously.</summary>
    /// <inheritdoc cref="Encode" path="/returns"/>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is <see langword="null"/>.</exception>
    /// <inheritdoc cref="Encode" path="/exception"/>
    /// <param name="request">Who the token is for and what it grants.</param>
    /// <param name="cancellationToken">Cancels the signing. No token is issued then.</param>
    /// <exception cref="OperationCanceledException">The signing was cancelled.</exception>
    public async ValueTask<string> EncodeAsync(TokenRequest request, CancellationToken cancellationToken = default) =>
        (await IssueAsync(request, cancellationToken).ConfigureAwait(false)).Text;

    /// <summary>Issues a signed token as <see cref="Issue"/> does, with a private key that may sign asynchronously.</summary>
    /// <inheritdoc cref="Issue" path="/returns"/>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is <see langword="null"/>.</exception>
    /// <inheritdoc cref="Issue" path="/exception"/>
    /// <param name="request">Who the token is for and what it grants.</param>
    /// <param name="cancellationToken">Cancels the signing. No token is issued then.</param>
    /// <exception cref="OperationCanceledException">The signing was cancelled.</exception>
    public ValueTask<IssuedToken> IssueAsync(TokenRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _handler.IssueAsync(request, cancellationToken);
    }

    /// <summary>Verifies a token and reads it. Throws for no input, and never waits.</summary>
    /// <param name="token">The token alone, without <c>Bearer</c> before it.</param>
    /// <returns>
    /// A result with a payload if the token is valid, and with a reason if it is not. It is judged in this order: length, form,
    /// header, key, signature, claims, issuer, audience, time, withdrawal. A forged token is therefore never called expired.
    /// </returns>
    public DecodeResult Decode(string? token) => _handler.Decode(token);

    /// <summary>
    /// Verifies a token and reads it, as <see cref="Decode"/> does. If it may be signed with a key that
    /// <see cref="ApiJwtOptions.JwksUri"/> published a moment ago, the result waits for a fetch of the key set: all callers for the same
    /// one, and each for 5 seconds at most. Soon after a fetch that failed, nothing is waited for.
    /// </summary>
    /// <param name="token">The token alone, without <c>Bearer</c> before it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The result that <see cref="Decode"/> would give with the newest keys.</returns>
    /// <exception cref="OperationCanceledException">The waiting was cancelled.</exception>
    public ValueTask<DecodeResult> DecodeAsync(string? token, CancellationToken cancellationToken = default) => _handler.DecodeAsync(token, cancellationToken);

    /// <summary>
    /// Whether a token looks like one for this class. It does if it claims one of <see cref="ApiJwtOptions.Issuers"/>. Where none are set,
    /// it does if its header names a key that is here, or names none and a key that is here fits. Never waits.
    /// </summary>
    /// <remarks>
    /// Of use to choose among several classes, and never to let somebody in: what the token says is not verified. Set
    /// <see cref="ApiJwtOptions.Issuers"/>, or let every token name its key, so that tokens of one class do not look like those of another.
    /// </remarks>
    /// <param name="token">The token alone.</param>
    /// <returns>Whether the token looks like one for this class.</returns>
    public bool Recognizes(string? token) => _handler.Recognizes(token);

    /// <summary>
    /// The same, but if the token may be signed with a key that <see cref="ApiJwtOptions.JwksUri"/> published a moment ago, the answer waits
    /// for a fetch of the key set as <see cref="DecodeAsync"/> does.
    /// </summary>
    /// <inheritdoc cref="Recognizes" path="/remarks"/>
    /// <param name="token">The token alone.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether the token looks like one for this class.</returns>
    /// <exception cref="OperationCanceledException">The waiting was cancelled.</exception>
    public ValueTask<bool> RecognizesAsync(string? token, CancellationToken cancellationToken = default) => _handler.RecognizesAsync(token, cancellationToken);
}
