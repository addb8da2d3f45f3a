using Microsoft.AspNetCore.Http;

namespace ApiJwts.AspNetCore.Authentication;

/// <summary>Finds out whether a token belongs to another class, if several classes verify tokens in the application.</summary>
internal sealed class TokenOwners(IEnumerable<VerifyingScheme> schemes, IServiceProvider services)
{
    private readonly Lazy<Dictionary<string, ApiJwt>> _classes =
        new(() => schemes.ToDictionary(scheme => scheme.Name, scheme => scheme.Find(services), StringComparer.Ordinal));

    public bool AreSeveral => _classes.Value.Count > 1;

    /// <summary>Whether another class recognizes the token, and the class of this scheme does not.</summary>
    public async ValueTask<bool> IsOfAnotherAsync(string token, string scheme, HttpContext context)
    {
        ApiJwt[] owners = await OwnersOfAsync(token, context).ConfigureAwait(false);
        return owners.Length > 0 && !owners.Contains(_classes.Value[scheme]);
    }

    /// <summary>
    /// Finds the classes that recognize a token, once for all schemes of a request, because the token of a stranger may cost many signature
    /// checks.
    /// </summary>
    private async ValueTask<ApiJwt[]> OwnersOfAsync(string token, HttpContext context)
    {
        if (context.Items.TryGetValue(this, out object? found) && found is Found known && known.Token == token)
            return known.Owners;
        ApiJwt[] classes = [.. _classes.Value.Values.Distinct()];
        ApiJwt[] owners = Array.FindAll(classes, jwt => jwt.Recognizes(token));
        if (owners.Length == 0 && classes.Length > 1)
            owners = await FirstToFetchItsKeyAsync(classes, token, context.RequestAborted).ConfigureAwait(false);
        context.Items[this] = new Found(token, owners);
        return owners;
    }

    /// <summary>Finds the first class whose next key set contains the key of the token, without waiting for the other key servers.</summary>
    private static async Task<ApiJwt[]> FirstToFetchItsKeyAsync(ApiJwt[] classes, string token, CancellationToken cancel)
    {
        List<Task<ApiJwt?>> fetches = [.. classes.Where(jwt => jwt.Keys.FetchStatus is not null).Select(FetchAsync)];
        while (fetches.Count > 0)
        {
            Task<ApiJwt?> first = await Task.WhenAny(fetches).ConfigureAwait(false);
            if (first.IsCompletedSuccessfully && await first.ConfigureAwait(false) is { } owner)
                return [owner];
            fetches.Remove(first);
        }

        return [];

        async Task<ApiJwt?> FetchAsync(ApiJwt jwt) => await jwt.RecognizesAsync(token, cancel).ConfigureAwait(false) ? jwt : null;
    }

    private sealed record Found(string Token, ApiJwt[] Owners);
}
