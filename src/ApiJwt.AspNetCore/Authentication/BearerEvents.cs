using System.Globalization;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts.AspNetCore.Authentication;

/// <summary>The application's events, with what this package does at each.</summary>
internal sealed class BearerEvents(JwtBearerEvents application, IEnumerable<VerifyingScheme> schemes) : JwtBearerEvents
{
    private const string Prefix = "Bearer ";

    // Half of what a fetch of the key set may take: by then the next one is over or under way.
    private const int RetryAfterSeconds = 5;

    public override Task AuthenticationFailed(AuthenticationFailedContext context) => application.AuthenticationFailed(context);

    public override Task Forbidden(ForbiddenContext context) => application.Forbidden(context);

    public override Task TokenValidated(TokenValidatedContext context) => application.TokenValidated(context);

    public override async Task MessageReceived(MessageReceivedContext context)
    {
        context.Token ??= HubPaths.TokenOf(context.Request, context.Options);
        await application.MessageReceived(context).ConfigureAwait(false);
        // Of another class: this one has nothing to say of it, and its key server is not asked.
        if (context.Result is null && await IsOfAnotherClassAsync(context).ConfigureAwait(false))
            context.NoResult();
    }

    public override async Task Challenge(JwtBearerChallengeContext context)
    {
        // The stock text has the moment of expiry, and for other failures the name of what was wrong.
        if (context.Error is not null)
            context.ErrorDescription = BearerError.Describe(context.AuthenticateFailure);
        await application.Challenge(context).ConfigureAwait(false);
        if (context.Handled || context.AuthenticateFailure is not SecurityTokenSignatureKeyNotFoundException)
            return;
        // The token may be good: a client that got 401 would throw it away.
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        context.HandleResponse();
    }

    private static string? TokenOf(MessageReceivedContext context) =>
        context.Token ?? (context.Request.Headers.Authorization.ToString() is var header && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? header[Prefix.Length..].Trim()
            : null);

    /// <summary>Whether another class that is registered recognizes the token, and the one of this scheme does not.</summary>
    private async ValueTask<bool> IsOfAnotherClassAsync(MessageReceivedContext context)
    {
        IServiceProvider services = context.HttpContext.RequestServices;
        VerifyingScheme[] all = [.. schemes];
        if (all.Length < 2 || TokenOf(context) is not { } token)
            return false;
        ApiJwt own = all.First(scheme => scheme.Name == context.Scheme.Name).Find(services);
        ApiJwt[] others = [.. all.Select(scheme => scheme.Find(services)).Where(other => other != own).Distinct()];
        return others.Length > 0 && !own.Recognizes(token) && Array.Exists(others, other => other.Recognizes(token));
    }
}
