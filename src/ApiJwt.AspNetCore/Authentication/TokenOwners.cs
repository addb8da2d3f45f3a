using Microsoft.AspNetCore.Http;

namespace ApiJwts.AspNetCore.Authentication;

/// <summary>Tells which of the classes that verify tokens here a token belongs to.</summary>
internal sealed class TokenOwners(IEnumerable<VerifyingScheme> schemes, IServiceProvider services)
{
    private readonly Lazy<Dictionary<string, ApiJwt>> _classes =
        new(() => schemes.ToDictionary(scheme => scheme.Name, scheme => scheme.Find(services), StringComparer.Ordinal));

    public bool AreSeveral => _classes.Value.Count > 1;

    /// <summary>Whether the token looks like one for another class, and not like one for the class of this scheme.</summary>
    public async ValueTask<bool> IsOfAnotherAsync(string token, string scheme, HttpContext context)
    {
        ApiJwt own = _classes.Value[scheme];
        ApiJwt[] others = [.. _classes.Value.Values.Where(jwt => jwt != own).Distinct()];
        bool? isOfAnother = IsOfAnother();
        // Asked once, for all schemes of the request.
        if (isOfAnother is null && others.Length > 0 && context.Items.TryAdd(this, token))
        {
            // The token may be of a new key. Whose, the first key set tells that has it: the others' key servers may take as long as they like.
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
