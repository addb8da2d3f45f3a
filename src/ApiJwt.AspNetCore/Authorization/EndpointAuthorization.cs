using ApiJwts.AspNetCore.Payload;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace ApiJwts.AspNetCore.Authorization;

/// <summary>The authorization that the metadata of an endpoint requires.</summary>
internal sealed class EndpointAuthorization
{
    public EndpointAuthorization(EndpointMetadataCollection metadata, AuthorizationOptions policies)
    {
        IReadOnlyList<IAuthorizeData> data = metadata.GetOrderedMetadata<IAuthorizeData>();
        AuthorizationPolicy[] stated =
        [
            .. metadata.GetOrderedMetadata<AuthorizationPolicy>(),
            .. data.Select(item => item.Policy is null ? null : policies.GetPolicy(item.Policy)).OfType<AuthorizationPolicy>(),
        ];
        AllowsAnonymous = metadata.GetMetadata<IAllowAnonymous>() is not null;
        TakesPayload = metadata.GetMetadata<PayloadGuard>() is not null;
        Requirements =
        [
            .. data.Select(item => item.Policy is null ? null : RequirementPolicyProvider.RequirementOf(item.Policy)).OfType<PayloadRequirement>(),
            .. stated.SelectMany(policy => policy.Requirements).OfType<PayloadRequirement>(),
        ];
        Schemes =
        [
            .. data.SelectMany(item => RequirementPolicyProvider.SchemesIn(item.AuthenticationSchemes))
                .Concat(stated.SelectMany(policy => policy.AuthenticationSchemes)).Distinct(StringComparer.Ordinal),
        ];
    }

    public bool AllowsAnonymous { get; }

    /// <summary>Whether the method of the endpoint requires a payload.</summary>
    public bool TakesPayload { get; }

    /// <summary>The requirements of this package.</summary>
    public IReadOnlyList<PayloadRequirement> Requirements { get; }

    /// <summary>The schemes that the endpoint names; empty if the schemes of the default policy, or the default scheme, authenticate its callers.</summary>
    public IReadOnlyList<string> Schemes { get; }

    public bool IsGuarded => TakesPayload || Requirements.Count > 0;
}
