using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiJwts.AspNetCore.Authorization;

/// <summary>Makes the policies that the attributes of this package name, and asks the application's own provider for all others.</summary>
/// <remarks>
/// The name of a policy is the one thing on an attribute that everybody reads. Requirements on it would be seen by the authorization
/// middleware alone: a method of a hub, or a filter of MVC, would let every valid token in.
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

    /// <summary>The policy of an attribute that names schemes: those of the default policy must not get in beside them.</summary>
    public static string WithSchemesOfItsOwn(string policyName, string schemes) => $"{OwnSchemes}{Join(SchemesIn(schemes))}:{policyName}";

    /// <summary>The schemes that a text names as the platform reads it.</summary>
    public static string[] SchemesIn(string? schemes) => schemes?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>What the policy of an attribute of this package asks for; <see langword="null"/> for any other policy.</summary>
    public static PayloadRequirement? RequirementOf(string policyName) => Requirement(Parts(policyName).Name);

    /// <summary>Puts one before the provider that is registered, or will be by <c>AddAuthorization</c>.</summary>
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
            return await others.GetPolicyAsync(policyName).ConfigureAwait(false);
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

    // Escaped, because a key may have a comma in its name.
    private static string Join(IEnumerable<string> values) => string.Join(',', values.Select(Uri.EscapeDataString));

    private static string[] Split(string joined) => [.. joined.Split(',').Select(Uri.UnescapeDataString)];
}
