using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace ApiJwts.AspNetCore;

/// <summary>Gets the payload of the token that authenticated a request.</summary>
public static class VerifiedPayloadExtensions
{
    /// <summary>Gets the payload of the token that authenticated the request.</summary>
    /// <param name="context">The request, after authentication.</param>
    /// <returns>The payload; <see langword="null"/> if no verified token authenticated the caller.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is <see langword="null"/>.</exception>
    public static VerifiedPayload? GetVerifiedPayload(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.User.GetVerifiedPayload();
    }

    /// <summary>
    /// Gets the payload of the token that authenticated the user, for code that has no request, such as a hub. If several schemes authenticated
    /// the same request, the first payload is returned.
    /// </summary>
    /// <param name="user">The user.</param>
    /// <returns>The payload; <see langword="null"/> if no verified token authenticated the caller.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="user"/> is <see langword="null"/>.</exception>
    public static VerifiedPayload? GetVerifiedPayload(this ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.GetVerifiedIdentity()?.Payload;
    }

    /// <summary>The identity from which all guards and parameters take the payload.</summary>
    internal static VerifiedIdentity? GetVerifiedIdentity(this ClaimsPrincipal user)
    {
        foreach (ClaimsIdentity identity in user.Identities)
        {
            if (identity is VerifiedIdentity verified)
                return verified;
        }

        return null;
    }
}
