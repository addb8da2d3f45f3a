using System.Net.Http.Headers;

namespace ApiJwts.Testing;

/// <summary>Sends tokens made for a test.</summary>
public static class TestTokenHttpClientExtensions
{
    /// <summary>Sends a token with every request of this client from now on.</summary>
    /// <param name="client">The client, such as <c>CreateClient</c> of a test host gives it.</param>
    /// <param name="configure">Says what the token is like.</param>
    /// <returns>The same client.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="configure"/> is <see langword="null"/>.</exception>
    public static HttpClient WithToken(this HttpClient client, Action<TestToken> configure)
    {
        ArgumentNullException.ThrowIfNull(client);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestToken.Sign(configure));
        return client;
    }
}
