using System.Diagnostics.CodeAnalysis;
using ApiJwts.AspNetCore.Keys;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ApiJwts.AspNetCore;

/// <summary>Publishes the public keys with which other services verify tokens.</summary>
public static class ApiJwtEndpointRouteBuilderExtensions
{
    /// <summary>Serves the public keys as a JSON Web Key Set (RFC 7517) to GET and HEAD requests, without authentication.</summary>
    /// <typeparam name="T">The class whose keys are published.</typeparam>
    /// <param name="endpoints">The endpoints of the application.</param>
    /// <param name="pattern">The path; <c>/.well-known/jwks.json</c> by default.</param>
    /// <returns>A builder that adds conventions to the endpoint.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> or <paramref name="pattern"/> is <see langword="null"/>.</exception>
    public static IEndpointConventionBuilder MapJwks<T>(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/.well-known/jwks.json")
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        T jwt = endpoints.ServiceProvider.GetRequiredService<T>();
        return endpoints.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], context => KeySetEndpoint.WriteAsync(context, jwt))
            .WithDisplayName($"JSON Web Key Set of {typeof(T).Name}")
            .WithMetadata(new AllowAnonymousAttribute());
    }
}
