using Microsoft.Extensions.Logging;

namespace ApiJwts;

/// <summary>The log messages of this library. No parameter contains a token, a key or a claim value.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Issued a token signed with key id {KeyId}.")]
    public static partial void Issued(ILogger logger, string keyId);

    [LoggerMessage(2, LogLevel.Information, "Did not issue a token: the policy refuses claim '{Claim}' of the request.")]
    public static partial void RequestRefused(ILogger logger, string claim);

    [LoggerMessage(3, LogLevel.Information, "Refused a token: {Failure}. {Reason}")]
    public static partial void TokenRefused(ILogger logger, TokenFailure failure, string reason);

    [LoggerMessage(4, LogLevel.Information, "The keys changed. Verification key ids: {KeyIds}. Signing key id: {SigningKeyId}.")]
    public static partial void KeysChanged(ILogger logger, string keyIds, string signingKeyId);

    [LoggerMessage(5, LogLevel.Information, "Fetched the key set at {Address}: {Summary}.")]
    public static partial void KeySetFetched(ILogger logger, Uri address, string summary);

    [LoggerMessage(6, LogLevel.Error, "The key set at {Address} {Fault}. {Consequence} The fetch will be retried.")]
    public static partial void KeySetNotFetched(ILogger logger, Uri address, string fault, string consequence);

    [LoggerMessage(7, LogLevel.Information, "Revoked {What}. The entry expires at {ExpiresAt}.")]
    public static partial void Revoked(ILogger logger, string what, DateTimeOffset expiresAt);

    [LoggerMessage(8, LogLevel.Information, "The list of revoked tokens was loaded from {Source}.")]
    public static partial void RevocationsLoaded(ILogger logger, string source);

    [LoggerMessage(9, LogLevel.Error, "The list of revoked tokens is not up to date: {Source} {Fault}. {Consequence} Loading will be retried.")]
    public static partial void RevocationsNotLoaded(ILogger logger, string source, string fault, string consequence);

    [LoggerMessage(10, LogLevel.Warning, "Issued a token of {Length} characters. Many proxies refuse a header of more than 8 KB: request fewer scopes. This warning is logged once.")]
    public static partial void LongToken(ILogger logger, int length);

    [LoggerMessage(11, LogLevel.Error, "The key files cannot be used, and the keys loaded before stay in use. {Fault}")]
    public static partial void KeyFilesRefused(ILogger logger, string fault);

    [LoggerMessage(12, LogLevel.Information, "The key files can be used again.")]
    public static partial void KeyFilesUsable(ILogger logger);

    [LoggerMessage(13, LogLevel.Warning, "The list of revoked tokens has {Entries} entries and fills {Percent} % of the longest document. No list is published above 100 %. Use a shorter lifetime, limit logins, or revoke the tokens of subjects. This warning is logged once.")]
    public static partial void LongRevocationList(ILogger logger, int entries, int percent);

    [LoggerMessage(14, LogLevel.Warning, "Issued a token that is already revoked: all tokens of its subject were revoked, and a token without the claim 'iat' is one of them. Call Policy.WriteIssuedAt in the constructor of your class. This warning is logged once.")]
    public static partial void IssuedRevokedToken(ILogger logger);

    [LoggerMessage(15, LogLevel.Error, "A handler of RevocationList.Changed failed. The revocation is in force.")]
    public static partial void ChangedHandlerFailed(ILogger logger, Exception exception);

    [LoggerMessage(16, LogLevel.Warning, "This service publishes {Count} keys, and other services accept a key set with at most {Limit}. They keep the key set that they fetched before. Call KeyRing.Remove for keys whose last token has expired, or remove public keys from the settings.")]
    public static partial void TooManyKeys(ILogger logger, int count, int limit);
}
