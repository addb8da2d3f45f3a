using System.Globalization;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts.AspNetCore.Authentication;

/// <summary>The application's events, with what this package does at each.</summary>
internal sealed class BearerEvents(JwtBearerEvents application, TokenOwners owners) : JwtBearerEvents
{
    private const string Prefix = "Bearer ";

    private static readonly Func<TokenValidatedContext, Task> DefaultOnTokenValidated = new JwtBearerEvents().OnTokenValidated;

    // Half of what a fetch of the key set may take: by then the next one is over or under way.
    private const int RetryAfterSeconds = 5;

    private bool IsListening => application.GetType() != typeof(JwtBearerEvents) || application.OnTokenValidated != DefaultOnTokenValidated;

    public override Task AuthenticationFailed(AuthenticationFailedContext context) => application.AuthenticationFailed(context);

    public override Task Forbidden(ForbiddenContext context) => application.Forbidden(context);

    public override Task TokenValidated(TokenValidatedContext context)
    {
        // The type that the events of the stock handler get. To parse the token again takes longer than all of its verification from the
        // cache, so that it is done only where the application listens.
        if (IsListening)
            context.SecurityToken = new JsonWebToken(context.SecurityToken.UnsafeToString());
        return application.TokenValidated(context);
    }

    public override async Task MessageReceived(MessageReceivedContext context)
    {
        context.Token ??= HubPaths.TokenOf(context.Request, context.Options);
        await application.MessageReceived(context).ConfigureAwait(false);
        // Of another class: this one has nothing to say of it, and its key server is not asked.
        if (context.Result is null && owners.AreSeveral && TokenOf(context) is { } token
            && await owners.IsOfAnotherAsync(token, context.Scheme.Name, context.HttpContext).ConfigureAwait(false))
            context.NoResult();
    }

    public override async Task Challenge(JwtBearerChallengeContext context)
    {
        // The stock text has the moment of expiry, and for other failures the name of what was wrong.
        if (context.Error is not null)
            context.ErrorDescription = BearerError.Describe(context.AuthenticateFailure);
        await application.Challenge(context).ConfigureAwait(false);
        if (context.Handled)
            return;
        // The token may be good: a client that got 401 would throw it away. A scheme that comes after leaves it at that.
        if (context.AuthenticateFailure is SecurityTokenSignatureKeyNotFoundException)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            context.Response.Headers.WWWAuthenticate = default;
        }

        if (context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
            context.HandleResponse();
    }

    /// <summary>The token as the stock handler finds it.</summary>
    private static string? TokenOf(MessageReceivedContext context) =>
        !string.IsNullOrEmpty(context.Token) ? context.Token
        : context.Request.Headers.Authorization.ToString() is var header && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim()
        : null;
}
