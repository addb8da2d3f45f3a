using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace ApiJwts.AspNetCore;

/// <summary>Finds the payload of the token that a request was authenticated with.</summary>
public static class VerifiedPayloadExtensions
{
    /// <summary>The payload of the request's token; <see langword="null"/> if the request was not authenticated with one.</summary>
    /// <param name="context">The request, after authentication.</param>
    /// <returns>The payload; <see langword="null"/> if the caller has none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is <see langword="null"/>.</exception>
    public static VerifiedPayload? GetVerifiedPayload(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.User.GetVerifiedPayload();
    }

    /// <summary>
    /// The payload of the user's token, for places that have the user alone, such as a hub; <see langword="null"/> if the user was not
    /// authenticated with one. The first one, should several schemes have authenticated the same request.
    /// </summary>
    /// <param name="user">The user.</param>
    /// <returns>The payload; <see langword="null"/> if the caller has none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="user"/> is <see langword="null"/>.</exception>
    public static VerifiedPayload? GetVerifiedPayload(this ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.GetVerifiedIdentity()?.Payload;
    }

    /// <summary>The identity that every guard and every parameter takes the payload from.</summary>
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
