using ApiJwts.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ApiJwts.OpenApi;

/// <summary>Adds to each guarded operation what it requires, and how it answers a caller who does not have it.</summary>
internal sealed class GuardedOperations(OpenApiOptions options) : IOpenApiOperationTransformer
{
    // OpenAPI 3.0 demands an empty list for every scheme that is not OAuth 2 or OpenID Connect.
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

    /// <summary>The sets of scopes, each of which is enough.</summary>
    private static IEnumerable<IEnumerable<string>> SufficientScopes(IEnumerable<IAuthorizationRequirement> requirements) =>
        requirements.OfType<ScopeRequirement>().Aggregate<ScopeRequirement, IEnumerable<IEnumerable<string>>>([[]], (sets, requirement) => requirement.All
            ? sets.Select(set => set.Union(requirement.Scopes))
            : sets.SelectMany(set => requirement.Scopes.Select(scope => set.Union([scope]))));

    private static void Answer(OpenApiOperation operation, IReadOnlyList<IAuthorizationRequirement> requirements, OpenApiDocument document)
    {
        operation.Responses ??= [];
        // A caller whose level alone is too low, or whose token is of another scheme, is asked to authenticate again, and not forbidden (RFC 9470).
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
