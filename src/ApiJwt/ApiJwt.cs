using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>
/// Issues signed JSON Web Tokens (RFC 7519, signed with RS256) in the service that has the private key, and verifies them in
/// every service that has public keys. Derive one class for all your services and configure <see cref="Policy"/> in its constructor.
/// </summary>
/// <remarks>
/// Thread-safe once constructed. Register it as a singleton: it parses the keys once, and caches verified tokens. It is a port of the
/// class <c>APIJwt</c> of the Python library, but an instance keeps no state of a token: the claims are in the
/// <see cref="DecodeResult"/>.
/// </remarks>
public abstract class ApiJwt
{
    private readonly ApiJwtTokenHandler _handler;

    /// <summary>Checks the options and reads the keys.</summary>
    /// <param name="options">The settings. They are read once; later changes have no effect.</param>
    /// <param name="logger">Logs each token that is issued (Debug) or refused (Information), and each change of the keys. Without one, <see cref="ApiJwtOptions.LoggerFactory"/> creates the logger.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="KeyFormatException">One or more keys cannot be used; the message lists all of them.</exception>
    /// <exception cref="ApiJwtException">There is no key to verify with, or another option is out of bounds.</exception>
    protected ApiJwt(ApiJwtOptions options, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsCheck.ThrowIfUnusable(options);
        logger = new SafeLogger(logger ?? options.LoggerFactory?.CreateLogger(GetType()) ?? (ILogger)NullLogger.Instance);
        Policy = new PayloadPolicy();
        Keys = new KeyRing(options, logger);
        Revocations = new RevocationList(options, Keys, logger);
        _handler = new ApiJwtTokenHandler(options, GetType().Name, Policy, Keys, Revocations, logger);
    }

    /// <summary>
    /// Decides which tokens may be issued. Configure it in the constructor of your class: it freezes when the first token is issued. A
    /// service that only verifies tokens needs it only for <see cref="VerifiedPayload.Key"/>, and for guards and roles by key.
    /// </summary>
    /// <remarks>Protected, so that only the class itself can change its policy.</remarks>
    protected PayloadPolicy Policy { get; }

    /// <summary>The signing and verification keys. They can be changed at any time.</summary>
    public KeyRing Keys { get; }

    /// <summary>The tokens that were revoked before they expired.</summary>
    public RevocationList Revocations { get; }

    /// <summary>The policy keys that <see cref="PayloadPolicy.AllowKey"/> allowed, in the order of the calls; empty if it was not called.</summary>
    /// <remarks>Use them to check the requirements of endpoints, or to describe an API.</remarks>
    public IReadOnlyList<PolicyKey> PolicyKeys => Policy.Rules.NamedPolicyKeys;

    /// <summary>The authentication levels that <see cref="PayloadPolicy.AllowLevels"/> allowed; empty if it was not called.</summary>
    public IReadOnlyList<double> PolicyLevels => Policy.Rules.NamedLevels;

    /// <summary>
    /// Verifies tokens as <see cref="Decode"/> does, for software that accepts a token handler of IdentityModel, such as
    /// <c>JwtBearerOptions.TokenHandlers</c>.
    /// </summary>
    /// <remarks>
    /// The identity of a valid token is a <see cref="VerifiedIdentity"/>. The handler applies the settings of this instance. Of the
    /// validation parameters of a call it uses only the authentication type and the names of the claim types. The security token of a
    /// result has the id, the issuer and the times of the token; its <c>UnsafeToString</c> returns the text.
    /// </remarks>
    public TokenHandler TokenHandler => _handler;

    /// <summary>Issues a signed token.</summary>
    /// <param name="request">The subject and the claims of the token.</param>
    /// <returns>The token in JWS Compact Serialization (RFC 7515, section 3.1).</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is <see langword="null"/>.</exception>
    /// <exception cref="PolicyViolationException"><see cref="Policy"/> does not allow the request.</exception>
    /// <exception cref="ApiJwtException">There is no private key, or it signs asynchronously.</exception>
    /// <exception cref="TokenSigningException">The <see cref="TokenSigner"/> failed, or returned an invalid signature.</exception>
    public string Encode(TokenRequest request) => Issue(request).Text;

    /// <summary>Issues a signed token, and returns its id and its expiry with it. Both are needed to revoke the token.</summary>
    /// <inheritdoc cref="Encode" path="/exception"/>
    /// <param name="request">The subject and the claims of the token.</param>
    /// <returns>The token, its id if the policy writes one, and its expiry.</returns>
    public IssuedToken Issue(TokenRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _handler.Issue(request);
    }

    /// <summary>Issues a signed token as <see cref="Encode"/> does, with a private key that may sign asynchronously.</summary>
    /// <inheritdoc cref="Encode" path="/returns"/>
    /// <inheritdoc cref="Encode" path="/exception"/>
    /// <param name="request">The subject and the claims of the token.</param>
    /// <param name="cancellationToken">Cancels the signing; no token is issued.</param>
    /// <exception cref="OperationCanceledException">The signing was cancelled.</exception>
    public async ValueTask<string> EncodeAsync(TokenRequest request, CancellationToken cancellationToken = default) =>
        (await IssueAsync(request, cancellationToken).ConfigureAwait(false)).Text;

    /// <summary>Issues a signed token as <see cref="Issue"/> does, with a private key that may sign asynchronously.</summary>
    /// <inheritdoc cref="Issue" path="/returns"/>
    /// <inheritdoc cref="Encode" path="/exception"/>
    /// <param name="request">The subject and the claims of the token.</param>
    /// <param name="cancellationToken">Cancels the signing; no token is issued.</param>
    /// <exception cref="OperationCanceledException">The signing was cancelled.</exception>
    public ValueTask<IssuedToken> IssueAsync(TokenRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _handler.IssueAsync(request, cancellationToken);
    }

    /// <summary>Verifies a token and reads its claims. It throws for no input, and does not block.</summary>
    /// <remarks>
    /// It uses the keys and the list of revoked tokens that were fetched last, and starts a fetch in the background if they are due. In a service
    /// without ASP.NET Core that fetches either of them, call <see cref="DecodeAsync"/>, which waits for a new one after a pause.
    /// </remarks>
    /// <param name="token">The token, without the prefix <c>Bearer</c>.</param>
    /// <returns>
    /// A result with a payload if the token is valid, and with a reason if it is not. The checks run in this order: length, form,
    /// header, key, signature, claims, issuer, audience, time, revocation. A forged token is therefore never reported as expired.
    /// </returns>
    public DecodeResult Decode(string? token) => _handler.Decode(token);

    /// <summary>
    /// Verifies a token and reads its claims, as <see cref="Decode"/> does. If the token may be signed with a new key of
    /// <see cref="ApiJwtOptions.JwksUri"/>, or if the key set is older than 20 minutes, the method first waits for a fetch of the key set. Before
    /// the first list of <see cref="ApiJwtOptions.RevocationsUri"/>, or if no token was decoded during two intervals, it waits for a list. It
    /// waits 5 seconds at most in all. Concurrent callers share one fetch. For a minute after a failed fetch of the key set, no caller waits for keys.
    /// </summary>
    /// <param name="token">The token, without the prefix <c>Bearer</c>.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The result of <see cref="Decode"/> with the newest keys.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public ValueTask<DecodeResult> DecodeAsync(string? token, CancellationToken cancellationToken = default) => _handler.DecodeAsync(token, cancellationToken);

    /// <summary>
    /// Whether a token appears to be for this class. It may still be invalid. With <see cref="ApiJwtOptions.Issuers"/>, the token must claim one of
    /// them. Otherwise the key that it names, or any of <see cref="Keys"/> if it names none, must verify its signature. Does not block.
    /// </summary>
    /// <remarks>
    /// Use it to select one of several classes, never to authorize a caller. Set <see cref="ApiJwtOptions.Issuers"/>, or issue every token
    /// with a <c>kid</c>, so that two classes do not recognize the same token.
    /// </remarks>
    /// <param name="token">The token, without the prefix <c>Bearer</c>.</param>
    /// <returns>Whether the token appears to be for this class.</returns>
    public bool Recognizes(string? token) => _handler.Recognizes(token);

    /// <summary>
    /// Whether a token appears to be for this class, as <see cref="Recognizes"/> says. If the token may be signed with a new key of
    /// <see cref="ApiJwtOptions.JwksUri"/>, the method first waits for a fetch of the key set, as <see cref="DecodeAsync"/> does.
    /// </summary>
    /// <inheritdoc cref="Recognizes" path="/remarks"/>
    /// <param name="token">The token, without the prefix <c>Bearer</c>.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Whether the token appears to be for this class.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public ValueTask<bool> RecognizesAsync(string? token, CancellationToken cancellationToken = default) => _handler.RecognizesAsync(token, cancellationToken);
}
