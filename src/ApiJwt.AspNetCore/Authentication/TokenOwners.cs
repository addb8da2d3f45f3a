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
        Answers answers = AnswersFor(token, context);
        // This class is asked first, so that its tokens cost no signature check of another class.
        if (answers.IsRecognizedBy(own))
            return false;
        ApiJwt[] others = [.. _classes.Value.Values.Where(jwt => jwt != own).Distinct()];
        if (Array.Exists(others, answers.IsRecognizedBy))
            return true;
        if (others.Length == 0 || answers.HaveFetched)
            return false;
        answers.HaveFetched = true;
        ApiJwt? owner = await FirstToFetchItsKeyAsync([own, .. others], token, context.RequestAborted).ConfigureAwait(false);
        if (owner is null)
            return false;
        answers.Add(owner);
        return owner != own;
    }

    private Answers AnswersFor(string token, HttpContext context)
    {
        if (context.Items.TryGetValue(this, out object? found) && found is Answers known && known.Token == token)
            return known;
        var answers = new Answers(token);
        context.Items[this] = answers;
        return answers;
    }

    /// <summary>Finds the first class whose next key set contains the key of the token, without waiting for the other key servers.</summary>
    private static async Task<ApiJwt?> FirstToFetchItsKeyAsync(ApiJwt[] classes, string token, CancellationToken cancel)
    {
        List<Task<ApiJwt?>> fetches = [.. classes.Where(jwt => jwt.Keys.FetchStatus is not null).Select(FetchAsync)];
        while (fetches.Count > 0)
        {
            Task<ApiJwt?> first = await Task.WhenAny(fetches).ConfigureAwait(false);
            if (first.IsCompletedSuccessfully && await first.ConfigureAwait(false) is { } owner)
                return owner;
            fetches.Remove(first);
        }

        return null;

        async Task<ApiJwt?> FetchAsync(ApiJwt jwt) => await jwt.RecognizesAsync(token, cancel).ConfigureAwait(false) ? jwt : null;
    }

    /// <summary>Which classes recognize a token. The schemes of a request share the answers, because an answer may cost many signature checks.</summary>
    private sealed class Answers(string token)
    {
        private readonly Dictionary<ApiJwt, bool> _known = [];

        public string Token => token;

        /// <summary>Whether a scheme of the request has waited for the key servers.</summary>
        public bool HaveFetched { get; set; }

        public bool IsRecognizedBy(ApiJwt jwt)
        {
            if (!_known.TryGetValue(jwt, out bool isRecognized))
                _known[jwt] = isRecognized = jwt.Recognizes(token);
            return isRecognized;
        }

        public void Add(ApiJwt owner) => _known[owner] = true;
    }
}
