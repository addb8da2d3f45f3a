using System.Diagnostics.CodeAnalysis;
using ApiJwts.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization;

namespace ApiJwts.AspNetCore;

/// <summary>The base class of the four attributes that require scopes, a level or a key. Only classes of this package can derive from it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = true)]
[SuppressMessage("Performance", "CA1813", Justification = "The attributes that derive from it are sealed.")]
public abstract class PayloadRequirementAttribute : AuthorizeAttribute
{
    private readonly string _policy;

    private protected PayloadRequirementAttribute(PayloadRequirement requirement)
        : base(RequirementPolicyProvider.NameOf(requirement)) => _policy = base.Policy!;

    /// <summary>The name of the policy that contains the requirement. The attribute sets it.</summary>
    public new string Policy => base.Policy!;

    /// <summary>
    /// The schemes whose tokens are accepted, separated by commas. If it is <see langword="null"/> (the default), the schemes of the
    /// application's default policy apply.
    /// </summary>
    public new string? AuthenticationSchemes
    {
        get => base.AuthenticationSchemes;
        set
        {
            base.AuthenticationSchemes = value;
            base.Policy = RequirementPolicyProvider.SchemesIn(value).Length == 0 ? _policy : RequirementPolicyProvider.WithOwnSchemes(_policy, value!);
        }
    }
}
