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
        if (context.Result is null && TokenOf(context) is { Length: > 0 } token && await IsOfAnotherClassAsync(token, context).ConfigureAwait(false))
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

    private static string? TokenOf(MessageReceivedContext context) =>
        context.Token ?? (context.Request.Headers.Authorization.ToString() is var header && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? header[Prefix.Length..].Trim()
            : null);

    /// <summary>Whether the token looks like one for another class that verifies tokens here, and not like one for the class of this scheme.</summary>
    private async ValueTask<bool> IsOfAnotherClassAsync(string token, MessageReceivedContext context)
    {
        IServiceProvider services = context.HttpContext.RequestServices;
        ApiJwt own = schemes.First(scheme => scheme.Name == context.Scheme.Name).Find(services);
        ApiJwt[] others = [.. schemes.Select(scheme => scheme.Find(services)).Where(other => other != own).Distinct()];
        if (others.Length == 0)
            return false;
        bool? isOfAnother = IsOfAnother();
        // Asked once, for all schemes of the request.
        if (isOfAnother is null && context.HttpContext.Items.TryAdd(nameof(BearerEvents), token))
        {
            // The token may be of a new key. Whose, the first key set tells that has it: the others' key servers may take as long as they like.
            List<Task> fetches = [.. others.Append(own).Select(jwt => jwt.RecognizesAsync(token, context.HttpContext.RequestAborted).AsTask())];
            while (isOfAnother is null && fetches.Count > 0)
            {
                fetches.Remove(await Task.WhenAny(fetches).ConfigureAwait(false));
                isOfAnother = IsOfAnother();
            }
        }

        return isOfAnother == true;

        bool? IsOfAnother() => own.Recognizes(token) ? false : Array.Exists(others, other => other.Recognizes(token)) ? true : null;
    }
}
