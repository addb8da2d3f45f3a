using System.Net.Http.Headers;

namespace ApiJwts.Testing;

/// <summary>Sends test tokens with a client.</summary>
public static class TestTokenHttpClientExtensions
{
    /// <summary>Sends a token with all further requests of this client.</summary>
    /// <param name="client">The client, such as one from <c>CreateClient</c> of a test host.</param>
    /// <param name="configure">Describes the token.</param>
    /// <returns>The same client.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="configure"/> is <see langword="null"/>.</exception>
    public static HttpClient WithToken(this HttpClient client, Action<TestToken> configure)
    {
        ArgumentNullException.ThrowIfNull(client);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestToken.Sign(configure));
        return client;
    }
}
