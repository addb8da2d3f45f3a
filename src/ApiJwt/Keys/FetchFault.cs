using System.Net;
using System.Text.Json;

namespace ApiJwts;

/// <summary>Reads the answer to a fetch, and says what is wrong with it in words that follow the address.</summary>
internal static class FetchFault
{
    /// <summary>The body of a good answer.</summary>
    /// <exception cref="InvalidDataException">The answer is not good, or longer than it may be.</exception>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage response, int longest, CancellationToken cancel)
    {
        int status = (int)response.StatusCode;
        if (response.StatusCode != HttpStatusCode.OK)
            throw new InvalidDataException($"answered {status}{(status is >= 300 and < 400 ? ", and redirects are not followed" : "")}");
        using Stream body = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        using var content = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, cancel).ConfigureAwait(false)) > 0)
        {
            await content.WriteAsync(buffer.AsMemory(0, read), cancel).ConfigureAwait(false);
            if (content.Length > longest)
                throw new InvalidDataException($"answered with more than {longest} bytes");
        }

        return content.ToArray();
    }

    /// <summary>Refuses what a client of the application's own fetched elsewhere, because it followed a redirect.</summary>
    /// <remarks>Only <c>http</c> and <c>https</c> can be compared: a handler for service discovery replaces a scheme of its own.</remarks>
    /// <exception cref="InvalidDataException">The answer came from another scheme, host or port.</exception>
    public static void RefuseFromElsewhere(HttpResponseMessage response, Uri address)
    {
        if ((address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            && response.RequestMessage?.RequestUri is { IsAbsoluteUri: true } last
            && Uri.Compare(address, last, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) != 0)
            throw new InvalidDataException("led to another scheme, host or port, and redirects are not followed. Set AllowAutoRedirect of the HTTP client to false");
    }

    public static string Of(Exception exception, TimeSpan longestFetch) => exception switch
    {
        InvalidDataException fault => fault.Message,
        OperationCanceledException or TimeoutException => $"did not answer within {longestFetch.TotalSeconds} seconds",
        JsonException => "answered with something that is not a JSON Web Key Set",
        // The innermost message is the one that says what is wrong: a refused connection, an untrusted certificate.
        _ => $"could not be asked: {exception.GetBaseException().Message}",
    };
}
