using ApiJwts.AspNetCore.Payload;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace ApiJwts.AspNetCore.Authorization;

/// <summary>What the metadata of an endpoint says about who may call it.</summary>
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

    /// <summary>Whether the method cannot be called without a payload.</summary>
    public bool TakesPayload { get; }

    /// <summary>What the guards of this package ask for.</summary>
    public IReadOnlyList<PayloadRequirement> Requirements { get; }

    /// <summary>The schemes that are named for this endpoint; empty if those of the default policy, or the default scheme, authenticate.</summary>
    public IReadOnlyList<string> Schemes { get; }

    public bool IsGuarded => TakesPayload || Requirements.Count > 0;
}
