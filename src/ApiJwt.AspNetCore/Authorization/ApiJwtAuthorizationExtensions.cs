using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ApiJwts.AspNetCore;

/// <summary>Adds requirements on the caller's token to endpoints, route groups, hubs, gRPC services and authorization policies.</summary>
/// <remarks>
/// Several calls add up: the token must meet all requirements. A caller without a token that an <see cref="ApiJwt"/> verified meets none.
/// </remarks>
public static class ApiJwtAuthorizationExtensions
{
    /// <summary>Requires that the caller's token has all of the scopes.</summary>
    /// <param name="builder">The endpoint or the group of endpoints.</param>
    /// <param name="scopes">One or more scopes. The comparison is ordinal, so case matters.</param>
    /// <returns>The same builder, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="scopes"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">No scope is given, or a scope is empty or contains a comma or a control character.</exception>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder => Guard(builder, new RequireScopeAttribute(scopes));

    /// <summary>Requires that the caller's token has at least one of the scopes.</summary>
    /// <param name="builder">The endpoint or the group of endpoints.</param>
    /// <param name="scopes">One or more scopes. The comparison is ordinal, so case matters.</param>
    /// <returns>The same builder, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="scopes"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">No scope is given, or a scope is empty or contains a comma or a control character.</exception>
    public static TBuilder RequireAnyScope<TBuilder>(this TBuilder builder, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder => Guard(builder, new RequireAnyScopeAttribute(scopes));

    /// <summary>Requires that the caller authenticated at the level or a higher one.</summary>
    /// <param name="builder">The endpoint or the group of endpoints.</param>
    /// <param name="level">The lowest level that is allowed, a finite number above 0.</param>
    /// <returns>The same builder, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level is not a finite number above 0.</exception>
    public static TBuilder RequireLevel<TBuilder>(this TBuilder builder, double level)
        where TBuilder : IEndpointConventionBuilder => Guard(builder, new RequireLevelAttribute(level));

    /// <summary>Requires that the caller's token was issued for one of the keys of the policy.</summary>
    /// <param name="builder">The endpoint or the group of endpoints.</param>
    /// <param name="keys">One or more keys that the policy allows with <see cref="PayloadPolicy.AllowKey"/>. The comparison is ordinal, so case matters.</param>
    /// <returns>The same builder, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="keys"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">No key is given, or a key is empty.</exception>
    public static TBuilder RequireKey<TBuilder>(this TBuilder builder, params string[] keys)
        where TBuilder : IEndpointConventionBuilder => Guard(builder, new RequireKeyAttribute(keys));

    /// <inheritdoc cref="RequireScope{TBuilder}"/>
    /// <param name="builder">The policy.</param>
    /// <param name="scopes">One or more scopes. The comparison is ordinal, so case matters.</param>
    public static AuthorizationPolicyBuilder RequireScope(this AuthorizationPolicyBuilder builder, params string[] scopes) =>
        Add(builder, new ScopeRequirement(scopes, all: true));

    /// <inheritdoc cref="RequireAnyScope{TBuilder}"/>
    /// <param name="builder">The policy.</param>
    /// <param name="scopes">One or more scopes. The comparison is ordinal, so case matters.</param>
    public static AuthorizationPolicyBuilder RequireAnyScope(this AuthorizationPolicyBuilder builder, params string[] scopes) =>
        Add(builder, new ScopeRequirement(scopes, all: false));

    /// <inheritdoc cref="RequireLevel{TBuilder}"/>
    /// <param name="builder">The policy.</param>
    /// <param name="level">The lowest level that is allowed, a finite number above 0.</param>
    public static AuthorizationPolicyBuilder RequireLevel(this AuthorizationPolicyBuilder builder, double level) =>
        Add(builder, new LevelRequirement(level));

    /// <inheritdoc cref="RequireKey{TBuilder}"/>
    /// <param name="builder">The policy.</param>
    /// <param name="keys">One or more keys that the policy allows with <see cref="PayloadPolicy.AllowKey"/>. The comparison is ordinal, so case matters.</param>
    public static AuthorizationPolicyBuilder RequireKey(this AuthorizationPolicyBuilder builder, params string[] keys) =>
        Add(builder, new KeyRequirement(keys));

    private static TBuilder Guard<TBuilder>(TBuilder builder, AuthorizeAttribute guard)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(endpoint =>
        {
            if (endpoint.ApplicationServices.GetServices<VerifyingScheme>().Any())
                return;
            throw new InvalidOperationException($"The endpoint {endpoint.DisplayName} requires a token, but no authentication scheme verifies tokens. Call services.AddAuthentication().AddApiJwt<T>(), where T is your class.");
        });
        return builder.WithMetadata(guard);
    }

    private static AuthorizationPolicyBuilder Add(AuthorizationPolicyBuilder builder, PayloadRequirement requirement)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddRequirements(requirement);
    }
}
