using ApiJwts.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ApiJwts.OpenApi;

/// <summary>Adds the security requirement and the responses 401 and 403 to each guarded operation.</summary>
internal sealed class GuardedOperations(OpenApiOptions options) : IOpenApiOperationTransformer
{
    // OpenAPI 3.0 requires an empty list for every scheme other than OAuth 2 and OpenID Connect.
    private bool ListsScopes => options.OpenApiVersion > OpenApiSpecVersion.OpenApi3_0;

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (await EndpointGuard.FindAsync(context.Description, context.ApplicationServices).ConfigureAwait(false) is not { } guard)
            return;
        Require(operation, guard, context.Document!);
        Answer(operation, guard.Requirements, context.Document!);
    }

    private void Require(OpenApiOperation operation, EndpointGuard guard, OpenApiDocument document)
    {
        operation.Security ??= [];
        if (operation.Security.SelectMany(requirement => requirement.Keys).Any(scheme => guard.Schemes.Contains(scheme.Reference.Id, StringComparer.Ordinal)))
            return;
        // The entries of the list are alternatives.
        foreach (string scheme in guard.Schemes)
        {
            foreach (IEnumerable<string> scopes in ListsScopes ? SufficientScopes(guard.Requirements) : [[]])
                operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [.. scopes] });
        }
    }

    /// <summary>The sets of scopes of which each is sufficient.</summary>
    private static IEnumerable<IEnumerable<string>> SufficientScopes(IEnumerable<IAuthorizationRequirement> requirements) =>
        requirements.OfType<ScopeRequirement>().Aggregate<ScopeRequirement, IEnumerable<IEnumerable<string>>>([[]], (sets, requirement) => requirement.All
            ? sets.Select(set => set.Union(requirement.Scopes))
            : sets.SelectMany(set => requirement.Scopes.Select(scope => set.Union([scope]))));

    private static void Answer(OpenApiOperation operation, IReadOnlyList<IAuthorizationRequirement> requirements, OpenApiDocument document)
    {
        operation.Responses ??= [];
        // If only the level is too low (RFC 9470), or if another scheme verified the token, the response is 401 and not 403.
        LevelRequirement? level = requirements.OfType<LevelRequirement>().MaxBy(requirement => requirement.Level);
        operation.Responses.TryAdd("401", ProblemResponse.Of(
            level is null ? "The token is missing or not valid." : $"The token is missing or not valid, or was not issued at {level}.", document));

        IAuthorizationRequirement[] others =
        [
            .. requirements.Where(requirement => requirement
                is not (DenyAnonymousAuthorizationRequirement or VerifiedPayloadRequirement or SchemeRequirement or LevelRequirement)),
        ];
        if (others.Length == 0)
            return;
        string needed = string.Join("; ", others.OfType<PayloadRequirement>());
        operation.Responses.TryAdd("403", ProblemResponse.Of(
            needed.Length == 0 ? "The token is valid, but the caller may not do this." : $"The token is valid, but does not have what is required: {needed}.", document));
    }
}
