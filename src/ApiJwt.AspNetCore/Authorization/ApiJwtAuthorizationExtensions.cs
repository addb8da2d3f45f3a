using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ApiJwts.AspNetCore;

/// <summary>Says what the token of a request must have: on endpoints, groups of them, hubs and gRPC services, and in policies.</summary>
/// <remarks>Several calls add up. A request whose token was not verified by an <see cref="ApiJwt"/> never passes one.</remarks>
public static class ApiJwtAuthorizationExtensions
{
    /// <summary>Lets only callers in whose token has all of the scopes.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="scopes">One or more scopes, to the letter.</param>
    /// <returns>The builder, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="scopes"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">None is named, or one that no token can have.</exception>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder => Guard(builder, new RequireScopeAttribute(scopes));

    /// <summary>Lets only callers in whose token has at least one of the scopes.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="scopes">One or more scopes, to the letter.</param>
    /// <returns>The builder, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="scopes"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">None is named, or one that no token can have.</exception>
    public static TBuilder RequireAnyScope<TBuilder>(this TBuilder builder, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder => Guard(builder, new RequireAnyScopeAttribute(scopes));

    /// <summary>Lets only callers in who authenticated at this level or a higher one.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="level">The lowest level that may pass, above 0.</param>
    /// <returns>The builder, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level is not a finite number above 0.</exception>
    public static TBuilder RequireLevel<TBuilder>(this TBuilder builder, double level)
        where TBuilder : IEndpointConventionBuilder => Guard(builder, new RequireLevelAttribute(level));

    /// <summary>Lets only callers in whose token was issued for one of the keys of the policy.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="keys">One or more keys that <see cref="PayloadPolicy.AllowKey"/> named.</param>
    /// <returns>The builder, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="keys"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">None is named, or an empty one.</exception>
    public static TBuilder RequireKey<TBuilder>(this TBuilder builder, params string[] keys)
        where TBuilder : IEndpointConventionBuilder => Guard(builder, new RequireKeyAttribute(keys));

    /// <inheritdoc cref="RequireScope{TBuilder}"/>
    /// <param name="builder">The policy.</param>
    /// <param name="scopes">One or more scopes, to the letter.</param>
    public static AuthorizationPolicyBuilder RequireScope(this AuthorizationPolicyBuilder builder, params string[] scopes) =>
        Add(builder, new ScopeRequirement(scopes, all: true));

    /// <inheritdoc cref="RequireAnyScope{TBuilder}"/>
    /// <param name="builder">The policy.</param>
    /// <param name="scopes">One or more scopes, to the letter.</param>
    public static AuthorizationPolicyBuilder RequireAnyScope(this AuthorizationPolicyBuilder builder, params string[] scopes) =>
        Add(builder, new ScopeRequirement(scopes, all: false));

    /// <inheritdoc cref="RequireLevel{TBuilder}"/>
    /// <param name="builder">The policy.</param>
    /// <param name="level">The lowest level that may pass, above 0.</param>
    public static AuthorizationPolicyBuilder RequireLevel(this AuthorizationPolicyBuilder builder, double level) =>
        Add(builder, new LevelRequirement(level));

    /// <inheritdoc cref="RequireKey{TBuilder}"/>
    /// <param name="builder">The policy.</param>
    /// <param name="keys">One or more keys that <see cref="PayloadPolicy.AllowKey"/> named.</param>
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
            throw new InvalidOperationException($"The endpoint {endpoint.DisplayName} is guarded, and no scheme verifies tokens. Call services.AddAuthentication().AddApiJwt<T>() as well, with your class for T.");
        });
        return builder.WithMetadata(guard);
    }

    private static AuthorizationPolicyBuilder Add(AuthorizationPolicyBuilder builder, PayloadRequirement requirement)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddRequirements(requirement);
    }
}
