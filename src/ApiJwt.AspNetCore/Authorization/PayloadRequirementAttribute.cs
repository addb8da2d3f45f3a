using System.Diagnostics.CodeAnalysis;
using ApiJwts.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization;

namespace ApiJwts.AspNetCore;

/// <summary>What the four attributes of this package have in common. No other class can derive from it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = true)]
[SuppressMessage("Performance", "CA1813", Justification = "The attributes that derive from it are sealed.")]
public abstract class PayloadRequirementAttribute : AuthorizeAttribute
{
    private readonly string _policy;

    private protected PayloadRequirementAttribute(PayloadRequirement requirement)
        : base(RequirementPolicyProvider.NameOf(requirement)) => _policy = base.Policy!;

    /// <summary>The name of the policy that asks for this; made here, and not to be chosen.</summary>
    public new string Policy => base.Policy!;

    /// <summary>The schemes whose tokens may pass, separated by commas. <see langword="null"/> by default: then those of the application's default policy.</summary>
    public new string? AuthenticationSchemes
    {
        get => base.AuthenticationSchemes;
        set
        {
            base.AuthenticationSchemes = value;
            base.Policy = RequirementPolicyProvider.SchemesIn(value).Length == 0 ? _policy : RequirementPolicyProvider.WithSchemesOfItsOwn(_policy, value!);
        }
    }
}
