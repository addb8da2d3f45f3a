using ApiJwts.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization;

namespace ApiJwts.AspNetCore;

/// <summary>Lets only callers in whose token has all of the scopes.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = true)]
public sealed class RequireScopeAttribute : AuthorizeAttribute
{
    private readonly ScopeRequirement _requirement;

    /// <summary>Names the scopes.</summary>
    /// <param name="scopes">One or more scopes, to the letter.</param>
    /// <exception cref="ArgumentException">None is named, or one that no token can have.</exception>
    public RequireScopeAttribute(params string[] scopes)
        : this(new ScopeRequirement(scopes, all: true))
    {
    }

    private RequireScopeAttribute(ScopeRequirement requirement)
        : base(PayloadPolicyProvider.NameOf(requirement)) => _requirement = requirement;

    /// <summary>The scopes.</summary>
    public IReadOnlyList<string> Scopes => _requirement.Scopes;

    /// <summary>The name of the policy that asks for this; made here, and not to be chosen.</summary>
    public new string Policy => base.Policy!;
}

/// <summary>Lets only callers in whose token has at least one of the scopes.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = true)]
public sealed class RequireAnyScopeAttribute : AuthorizeAttribute
{
    private readonly ScopeRequirement _requirement;

    /// <summary>Names the scopes.</summary>
    /// <param name="scopes">One or more scopes, to the letter.</param>
    /// <exception cref="ArgumentException">None is named, or one that no token can have.</exception>
    public RequireAnyScopeAttribute(params string[] scopes)
        : this(new ScopeRequirement(scopes, all: false))
    {
    }

    private RequireAnyScopeAttribute(ScopeRequirement requirement)
        : base(PayloadPolicyProvider.NameOf(requirement)) => _requirement = requirement;

    /// <summary>The scopes.</summary>
    public IReadOnlyList<string> Scopes => _requirement.Scopes;

    /// <summary>The name of the policy that asks for this; made here, and not to be chosen.</summary>
    public new string Policy => base.Policy!;
}

/// <summary>Lets only callers in who authenticated at this level or a higher one.</summary>
/// <remarks>A caller for whom this is the only thing amiss is asked to authenticate more strongly (RFC 9470).</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = true)]
public sealed class RequireLevelAttribute : AuthorizeAttribute
{
    private readonly LevelRequirement _requirement;

    /// <summary>Names the level.</summary>
    /// <param name="level">The lowest level that may pass, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not a finite number above 0.</exception>
    public RequireLevelAttribute(double level)
        : this(new LevelRequirement(level))
    {
    }

    private RequireLevelAttribute(LevelRequirement requirement)
        : base(PayloadPolicyProvider.NameOf(requirement)) => _requirement = requirement;

    /// <summary>The lowest level that may pass.</summary>
    public double Level => _requirement.Level;

    /// <summary>The name of the policy that asks for this; made here, and not to be chosen.</summary>
    public new string Policy => base.Policy!;
}

/// <summary>Lets only callers in whose token was issued for one of the keys of the policy.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = true)]
public sealed class RequireKeyAttribute : AuthorizeAttribute
{
    private readonly KeyRequirement _requirement;

    /// <summary>Names the keys.</summary>
    /// <param name="keys">One or more keys that <see cref="PayloadPolicy.AllowKey"/> named.</param>
    /// <exception cref="ArgumentException">None is named, or an empty one.</exception>
    public RequireKeyAttribute(params string[] keys)
        : this(new KeyRequirement(keys))
    {
    }

    private RequireKeyAttribute(KeyRequirement requirement)
        : base(PayloadPolicyProvider.NameOf(requirement)) => _requirement = requirement;

    /// <summary>The keys.</summary>
    public IReadOnlyList<string> Keys => _requirement.Keys;

    /// <summary>The name of the policy that asks for this; made here, and not to be chosen.</summary>
    public new string Policy => base.Policy!;
}
