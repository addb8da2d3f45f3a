using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ApiJwts.AspNetCore.Revoking;

/// <summary>Answers a request to revoke a token (RFC 7009).</summary>
internal static class RevocationEndpoint
{
    private const string FormType = "application/x-www-form-urlencoded";

    /// <summary>Whether an endpoint has a guard that is not switched off by <c>AllowAnonymous</c>.</summary>
    public static bool IsGuarded(IList<object> metadata) =>
        metadata.Any(item => item is IAuthorizeData or AuthorizationPolicy or IAuthorizationRequirementData) && !metadata.Any(item => item is IAllowAnonymous);

    public static async Task AnswerAsync(HttpContext context, ApiJwt jwt)
    {
        context.Response.Headers.CacheControl = "no-store";
        bool isOwnOnly = context.GetEndpoint()?.Metadata.GetMetadata<OwnTokenOnly>() is not null;
        string? bearer = BearerOf(context.Request);
        DecodeResult? caller = isOwnOnly ? await jwt.DecodeAsync(bearer, context.RequestAborted).ConfigureAwait(false) : null;
        if (caller is not null && IsUnknown(caller))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = bearer is null ? "Bearer" : "Bearer error=\"invalid_token\", error_description=\"The token is not valid.\"";
            return;
        }

        (string? token, string? fault) = await ReadFormAsync(context).ConfigureAwait(false);
        fault ??= token is null && bearer is null ? "There is no token. Send it in the form field 'token'." : null;
        if (fault is not null)
            await RefuseAsync(context, "invalid_request", fault).ConfigureAwait(false);
        else if (isOwnOnly && token is not null && token != bearer)
            await RefuseAsync(context, "unauthorized_client", "Only the bearer token of the request can be revoked here. Omit 'token', or send the bearer token in it.").ConfigureAwait(false);
        else
            await RevokeAsync(context, jwt, caller ?? await jwt.DecodeAsync(token ?? bearer, context.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static string? BearerOf(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out AuthenticationHeaderValue? header) && "Bearer".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase)
            ? header.Parameter
            : null;

    /// <summary>Whether the token cannot be read, or was not signed with a key that this service trusts.</summary>
    private static bool IsUnknown(DecodeResult result) => result.Failure is
        TokenFailure.Missing or TokenFailure.TooLong or TokenFailure.Malformed or TokenFailure.UnsupportedAlgorithm or TokenFailure.UnsupportedHeader or TokenFailure.InvalidSignature;

    private static async Task<(string? Token, string? Fault)> ReadFormAsync(HttpContext context)
    {
        if (context.Request.ContentType is not { Length: > 0 } type)
            return context.Request.ContentLength is > 0 ? (null, $"The body has no content type. Send it as {FormType}.") : (null, null);
        if (!MediaTypeHeaderValue.TryParse(type, out MediaTypeHeaderValue? media) || !FormType.Equals(media.MediaType, StringComparison.OrdinalIgnoreCase))
            return (null, $"The content type of the body is not supported. Send it as {FormType}.");
        try
        {
            // The field token_type_hint is ignored: there is one type of token.
            StringValues tokens = (await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false))["token"];
            return tokens.Count > 1 ? (null, "The field 'token' occurs more than once. Send one token at a time.")
                : (tokens.ToString() is { Length: > 0 } token ? token : null, null);
        }
        catch (InvalidDataException)
        {
            return (null, "The body is not a form, or a field of it is too long.");
        }
    }

    private static Task RevokeAsync(HttpContext context, ApiJwt jwt, DecodeResult result)
    {
        if (result.Failure is TokenFailure.KeysUnavailable or TokenFailure.RevocationsUnavailable)
        {
            // The client has to try again. After a 200 it would assume that the token is revoked.
            ServiceUnavailable.Answer(context.Response);
            return Task.CompletedTask;
        }

        // RFC 7009, section 2.2: an invalid token is not an error, because the client wants it to be invalid.
        if (IsUnknown(result) || result.Failure is TokenFailure.Expired or TokenFailure.Revoked)
            return Task.CompletedTask;
        if (result.Payload is not { } payload)
            return RefuseAsync(context, "unsupported_token_type", "The token is genuine, but this service does not accept its audience, its issuer or its time. Send it to the service that issued it.");
        if (payload.TokenId is null)
            return RefuseAsync(context, "unsupported_token_type", "The token has no id (jti), so it cannot be revoked individually.");
        jwt.Revocations.Revoke(payload);
        return Task.CompletedTask;
    }

    // RFC 6749, section 5.2. The texts are constants without characters that JSON escapes.
    private static Task RefuseAsync(HttpContext context, string error, string description)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($$"""{"error":"{{error}}","error_description":"{{description}}"}""", context.RequestAborted);
    }
}
