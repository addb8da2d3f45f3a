using ApiJwts.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ApiJwts.AspNetCore.Authorization;

/// <summary>
/// Lets the schemes answer a refused request, and adds the required scopes or the required level to the challenge. If the application uses
/// problem details, it also writes a problem details body.
/// </summary>
internal sealed class RefusalAnswers(IEnumerable<VerifyingScheme> verifying, IOptionsMonitor<JwtBearerOptions> options, ILogger<RefusalAnswers> logger)
    : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _schemes = new();
    private int _hasLoggedNotAuthenticated;

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        // The authentication middleware sets this feature at every request.
        if (authorizeResult.Challenged && policy.AuthenticationSchemes.Count == 0
            && context.Features.Get<IAuthenticationFeature>() is null && Interlocked.Exchange(ref _hasLoggedNotAuthenticated, 1) == 0)
            Log.NotAuthenticated(logger);
        BearerError? error = authorizeResult.Forbidden ? ErrorOf(policy, authorizeResult.AuthorizationFailure, ref authorizeResult) : null;
        bool givesDetails = verifying.Where(scheme => policy.AuthenticationSchemes.Count == 0 || policy.AuthenticationSchemes.Contains(scheme.Name))
            .All(scheme => options.Get(scheme.Name).IncludeErrorDetails);
        if (error is not null && givesDetails)
            context.Response.OnStarting(() => ReplaceChallenge(context.Response, error.Challenge));
        await _schemes.HandleAsync(next, context, policy, authorizeResult).ConfigureAwait(false);
        await WriteProblemAsync(context, policy, error, givesDetails).ConfigureAwait(false);
    }

    private static BearerError? ErrorOf(AuthorizationPolicy policy, AuthorizationFailure? failure, ref PolicyAuthorizationResult result)
    {
        IAuthorizationRequirement[] failed = [.. failure?.FailedRequirements ?? []];
        // A token of another scheme counts as no token.
        if (Array.Exists(failed, requirement => requirement is SchemeRequirement))
        {
            result = PolicyAuthorizationResult.Challenge();
            return null;
        }

        // A higher level helps only if nothing else is missing.
        if (failed.Length > 0 && Array.TrueForAll(failed, requirement => requirement is LevelRequirement))
        {
            result = PolicyAuthorizationResult.Challenge();
            return BearerError.InsufficientLevel(failed.Max(requirement => ((LevelRequirement)requirement).Level));
        }

        if (Array.Exists(failed, requirement => requirement is ScopeRequirement))
            return BearerError.InsufficientScope([.. policy.Requirements.OfType<ScopeRequirement>()], Array.Find(failed, requirement => requirement is ScopeRequirement { All: false }) as ScopeRequirement);
        return Array.Exists(failed, requirement => requirement is KeyRequirement) ? BearerError.OtherKey
            : Array.Exists(failed, requirement => requirement is PayloadRequirement) ? BearerError.NoAccess
            : null;
    }

    /// <summary>Replaces the challenge when the response starts, after the events of the scheme. A redirect to a login page is not changed.</summary>
    private static Task ReplaceChallenge(HttpResponse response, string challenge)
    {
        if (response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden)
        {
            StringValues others = response.Headers.WWWAuthenticate
                .Where(value => value?.StartsWith("Bearer", StringComparison.OrdinalIgnoreCase) == false).ToArray();
            response.Headers[HeaderNames.WWWAuthenticate] = StringValues.Concat(others, challenge);
        }

        return Task.CompletedTask;
    }

    /// <summary>The reason why the token was refused. The schemes keep their results for the request.</summary>
    private static async Task<Exception?> FailureOfAsync(HttpContext context, AuthorizationPolicy policy)
    {
        string?[] schemes = policy.AuthenticationSchemes.Count > 0 ? [.. policy.AuthenticationSchemes] : [null];
        Exception? first = null;
        foreach (string? scheme in schemes)
        {
            Exception? failure = (await context.AuthenticateAsync(scheme).ConfigureAwait(false)).Failure;
            // This failure decides the status code.
            if (BearerError.IsTemporary(failure))
                return failure;
            first ??= failure;
        }

        return first;
    }

    private static async Task WriteProblemAsync(HttpContext context, AuthorizationPolicy policy, BearerError? error, bool givesDetails)
    {
        HttpResponse response = context.Response;
        if (response.HasStarted
            || response.StatusCode is not (StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status503ServiceUnavailable)
            || context.RequestServices.GetService<IProblemDetailsService>() is not { } problems)
            return;
        Exception? failure = error is null && givesDetails ? await FailureOfAsync(context, policy).ConfigureAwait(false) : null;
        await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails =
            {
                Status = response.StatusCode,
                Detail = !givesDetails ? null : error?.Description ?? (failure is null ? null : BearerError.Describe(failure)),
            },
        }).ConfigureAwait(false);
    }
}
