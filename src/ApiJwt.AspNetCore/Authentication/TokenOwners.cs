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
        ApiJwt own = _classes.Value[scheme];
        ApiJwt[] others = [.. _classes.Value.Values.Where(jwt => jwt != own).Distinct()];
        bool? isOfAnother = IsOfAnother();
        // The first scheme of a request fetches for all of them.
        if (isOfAnother is null && others.Length > 0 && context.Items.TryAdd(this, token))
        {
            // A new key may have signed the token. The first key set that contains the key decides, so a slow key server delays no other.
            List<Task> fetches = [.. others.Append(own).Select(jwt => jwt.RecognizesAsync(token, context.RequestAborted).AsTask())];
            while (isOfAnother is null && fetches.Count > 0)
            {
                fetches.Remove(await Task.WhenAny(fetches).ConfigureAwait(false));
                isOfAnother = IsOfAnother();
            }
        }

        return isOfAnother == true;

        bool? IsOfAnother() => own.Recognizes(token) ? false : Array.Exists(others, other => other.Recognizes(token)) ? true : null;
    }
}
