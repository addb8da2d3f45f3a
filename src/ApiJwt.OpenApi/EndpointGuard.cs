using ApiJwts.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ApiJwts.OpenApi;

/// <summary>The schemes and the requirements of a guarded endpoint.</summary>
/// <param name="Schemes">The schemes that verify tokens and whose tokens the endpoint accepts. There is at least one.</param>
/// <param name="Requirements">The requirements that the caller must meet.</param>
internal sealed record EndpointGuard(IReadOnlyList<string> Schemes, IReadOnlyList<IAuthorizationRequirement> Requirements)
{
    /// <returns><see langword="null"/> for an endpoint that allows anonymous callers, or accepts only other schemes.</returns>
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
        string[] verifying = [.. services.GetServices<VerifyingScheme>().Select(scheme => scheme.Name)];
        string[] schemes = [.. verifying.Where(accepted.Contains).Where(scheme => requirements.OfType<SchemeRequirement>().All(requirement => requirement.Schemes.Contains(scheme)))];
        // An accepted scheme may be a policy scheme, which forwards to one that verifies tokens.
        if (schemes.Length == 0 && requirements.OfType<PayloadRequirement>().Any())
            schemes = verifying;
        return schemes.Length > 0 ? new EndpointGuard(schemes, requirements) : null;
    }

    /// <summary>
    /// The metadata of the endpoint. For a controller, the action lacks the conventions of <c>MapControllers()</c>, such as
    /// <c>RequireAuthorization</c>.
    /// </summary>
    private static EndpointMetadataCollection MetadataOf(ActionDescriptor action, IServiceProvider services) =>
        services.GetRequiredService<EndpointDataSource>().Endpoints.FirstOrDefault(endpoint => endpoint.Metadata.GetMetadata<ActionDescriptor>() == action)?.Metadata
        ?? new EndpointMetadataCollection(action.EndpointMetadata);

    private static async Task<string[]> DefaultSchemesAsync(IServiceProvider services) =>
        await services.GetRequiredService<IAuthenticationSchemeProvider>().GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false) is { } scheme ? [scheme.Name] : [];
}
