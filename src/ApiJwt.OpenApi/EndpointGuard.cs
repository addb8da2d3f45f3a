using ApiJwts.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ApiJwts.OpenApi;

/// <summary>What an endpoint requires of a caller.</summary>
/// <param name="Schemes">The schemes that verify tokens here and whose tokens the endpoint accepts. There is at least one.</param>
/// <param name="Requirements">What the token must have.</param>
internal sealed record EndpointGuard(IReadOnlyList<string> Schemes, IReadOnlyList<IAuthorizationRequirement> Requirements)
{
    /// <returns><see langword="null"/> for an endpoint that is open to all, or accepts tokens of other schemes only.</returns>
    public static async Task<EndpointGuard?> FindAsync(ApiDescription description, IServiceProvider services)
    {
        EndpointMetadataCollection metadata = MetadataOf(description.ActionDescriptor, services);
        if (metadata.OfType<IAllowAnonymous>().Any() || services.GetService<IAuthorizationPolicyProvider>() is not { } policies)
            return null;
        AuthorizationPolicy? policy = await AuthorizationPolicy.CombineAsync(
            policies, metadata.OfType<IAuthorizeData>(), metadata.OfType<AuthorizationPolicy>()).ConfigureAwait(false);
        IAuthorizationRequirement[] requirements =
            [.. policy?.Requirements ?? [], .. metadata.OfType<IAuthorizationRequirementData>().SelectMany(data => data.GetRequirements())];
        if (requirements.Length == 0)
            return null;
        IReadOnlyList<string> accepted = policy is { AuthenticationSchemes.Count: > 0 } ? policy.AuthenticationSchemes : await DefaultSchemesAsync(services).ConfigureAwait(false);
        string[] schemes =
        [
            .. services.GetServices<VerifyingScheme>().Select(scheme => scheme.Name).Where(accepted.Contains)
                .Where(scheme => requirements.OfType<SchemeRequirement>().All(requirement => requirement.Schemes.Contains(scheme))),
        ];
        return schemes.Length > 0 ? new EndpointGuard(schemes, requirements) : null;
    }

    /// <summary>A controller's action does not know what <c>MapControllers()</c> was given, such as <c>RequireAuthorization</c>: its endpoint does.</summary>
    private static EndpointMetadataCollection MetadataOf(ActionDescriptor action, IServiceProvider services) =>
        services.GetRequiredService<EndpointDataSource>().Endpoints.FirstOrDefault(endpoint => endpoint.Metadata.GetMetadata<ActionDescriptor>() == action)?.Metadata
        ?? new EndpointMetadataCollection(action.EndpointMetadata);

    private static async Task<string[]> DefaultSchemesAsync(IServiceProvider services) =>
        await services.GetRequiredService<IAuthenticationSchemeProvider>().GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false) is { } scheme ? [scheme.Name] : [];
}
