using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiJwts.AspNetCore.Authorization;

/// <summary>Creates the policies that the attributes of this package name. The provider of the application creates all other policies.</summary>
/// <remarks>
/// The policy name carries the requirement, because all parts of ASP.NET Core read the policy name of an attribute. Only the authorization
/// middleware reads requirements on an attribute, so hub methods and MVC filters would accept every valid token.
/// </remarks>
internal sealed class RequirementPolicyProvider(IAuthorizationPolicyProvider others) : IAuthorizationPolicyProvider
{
    private const string AllScopes = "ApiJwt:scope:";
    private const string AnyScope = "ApiJwt:any-scope:";
    private const string Level = "ApiJwt:level:";
    private const string Key = "ApiJwt:key:";
    private const string OwnSchemes = "ApiJwt:own-schemes:";

    public bool AllowsCachingPolicies => others.AllowsCachingPolicies;

    public static string NameOf(PayloadRequirement requirement) => requirement switch
    {
        ScopeRequirement { All: true } scopes => AllScopes + Join(scopes.Scopes),
        ScopeRequirement scopes => AnyScope + Join(scopes.Scopes),
        LevelRequirement level => Level + level.Level.ToString("R", CultureInfo.InvariantCulture),
        KeyRequirement keys => Key + Join(keys.Keys),
        _ => throw new ArgumentOutOfRangeException(nameof(requirement)),
    };

    /// <summary>The policy name of an attribute that names schemes. This policy excludes the schemes of the default policy.</summary>
    public static string WithOwnSchemes(string policyName, string schemes) => $"{OwnSchemes}{Join(SchemesIn(schemes))}:{policyName}";

    /// <summary>Splits a list of schemes as ASP.NET Core does.</summary>
    public static string[] SchemesIn(string? schemes) => schemes?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The requirement in a policy name of this package; <see langword="null"/> for any other policy name.</summary>
    public static PayloadRequirement? RequirementOf(string policyName) => Requirement(Parts(policyName).Name);

    /// <summary>Wraps the provider that is registered, or the one that <c>AddAuthorization</c> would register later.</summary>
    public static void Register(IServiceCollection services)
    {
        ServiceDescriptor others = services.LastOrDefault(service => service.ServiceType == typeof(IAuthorizationPolicyProvider))
            ?? ServiceDescriptor.Singleton<IAuthorizationPolicyProvider, DefaultAuthorizationPolicyProvider>();
        services.RemoveAll<IAuthorizationPolicyProvider>();
        services.Add(ServiceDescriptor.Describe(
            typeof(IAuthorizationPolicyProvider), provider => new RequirementPolicyProvider((IAuthorizationPolicyProvider)others.Make(provider)), others.Lifetime));
    }

    public async Task<AuthorizationPolicy?> GetPolicyAsync(string policyName)
    {
        (string[] schemes, string name) = Parts(policyName);
        if (Requirement(name) is not { } requirement)
            return WithItsSchemes(await others.GetPolicyAsync(policyName).ConfigureAwait(false));
        AuthorizationPolicyBuilder policy = new AuthorizationPolicyBuilder(await others.GetDefaultPolicyAsync().ConfigureAwait(false)).AddRequirements(requirement);
        if (schemes.Length > 0)
        {
            policy.AuthenticationSchemes.Clear();
            policy.AddRequirements(new SchemeRequirement(schemes));
        }

        return policy.Build();
    }

    public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => others.GetDefaultPolicyAsync();

    public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => others.GetFallbackPolicyAsync();

    /// <summary>Requires the schemes that a policy names, because a call of a hub method and <see cref="IAuthorizationService"/> evaluate only requirements.</summary>
    private static AuthorizationPolicy? WithItsSchemes(AuthorizationPolicy? policy) =>
        policy is { AuthenticationSchemes.Count: > 0 } && policy.Requirements.Any(requirement => requirement is PayloadRequirement)
            ? new AuthorizationPolicyBuilder(policy).AddRequirements(new SchemeRequirement(policy.AuthenticationSchemes)).Build()
            : policy;

    private static (string[] Schemes, string Name) Parts(string policyName) =>
        After(OwnSchemes, policyName) is { } own && own.IndexOf(':', StringComparison.Ordinal) is var end and >= 0
            ? (Split(own[..end]), own[(end + 1)..])
            : ([], policyName);

    private static PayloadRequirement? Requirement(string name) => name switch
    {
        _ when After(AllScopes, name) is { } scopes => new ScopeRequirement(Split(scopes), all: true),
        _ when After(AnyScope, name) is { } scopes => new ScopeRequirement(Split(scopes), all: false),
        _ when After(Level, name) is { } level => new LevelRequirement(double.Parse(level, NumberStyles.Float, CultureInfo.InvariantCulture)),
        _ when After(Key, name) is { } keys => new KeyRequirement(Split(keys)),
        _ => null,
    };

    private static string? After(string prefix, string name) => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : null;

    // Escaped, because the name of a key may contain a comma.
    private static string Join(IEnumerable<string> values) => string.Join(',', values.Select(Uri.EscapeDataString));

    private static string[] Split(string joined) => [.. joined.Split(',').Select(Uri.UnescapeDataString)];
}
