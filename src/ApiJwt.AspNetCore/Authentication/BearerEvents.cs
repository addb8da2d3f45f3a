using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;

namespace ApiJwts.AspNetCore.Authentication;

/// <summary>Runs the events of the application, and adds the steps of this package to them.</summary>
internal sealed class BearerEvents(JwtBearerEvents application, TokenOwners owners) : JwtBearerEvents
{
    private const string Prefix = "Bearer ";

    private static readonly Func<TokenValidatedContext, Task> DefaultOnTokenValidated = new JwtBearerEvents().OnTokenValidated;

    private bool IsListening => application.GetType() != typeof(JwtBearerEvents) || application.OnTokenValidated != DefaultOnTokenValidated;

    public override Task AuthenticationFailed(AuthenticationFailedContext context) => application.AuthenticationFailed(context);

    public override Task Forbidden(ForbiddenContext context) => application.Forbidden(context);

    public override Task TokenValidated(TokenValidatedContext context)
    {
        // Event handlers of the stock handler expect this type. Parsing the token takes longer than verifying it from the cache, so it is
        // parsed only if the application handles the event.
        if (IsListening)
            context.SecurityToken = new JsonWebToken(context.SecurityToken.UnsafeToString());
        return application.TokenValidated(context);
    }

    public override async Task MessageReceived(MessageReceivedContext context)
    {
        context.Token ??= HubPaths.TokenOf(context.Request, context.Options);
        await application.MessageReceived(context).ConfigureAwait(false);
        // The token belongs to another class, so this scheme gives no result and does not ask its key server.
        if (context.Result is null && owners.AreSeveral && TokenOf(context) is { } token
            && await owners.IsOfAnotherAsync(token, context.Scheme.Name, context.HttpContext).ConfigureAwait(false))
            context.NoResult();
    }

    public override async Task Challenge(JwtBearerChallengeContext context)
    {
        // The stock description would disclose the time of expiry, or which check failed.
        if (context.Error is not null)
            context.ErrorDescription = BearerError.Describe(context.AuthenticateFailure);
        await application.Challenge(context).ConfigureAwait(false);
        if (context.Handled)
            return;
        // The token may be valid, and a client discards its token after 401. A scheme that challenges later keeps the 503.
        if (BearerError.IsTemporary(context.AuthenticateFailure))
        {
            ServiceUnavailable.Answer(context.Response);
            context.Response.Headers.WWWAuthenticate = default;
        }

        if (context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
            context.HandleResponse();
    }

    /// <summary>Finds the token as the stock handler does.</summary>
    private static string? TokenOf(MessageReceivedContext context) =>
        !string.IsNullOrEmpty(context.Token) ? context.Token
        : context.Request.Headers.Authorization.ToString() is var header && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim()
        : null;
}
