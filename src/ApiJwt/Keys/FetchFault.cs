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

    public static string Of(Exception exception, TimeSpan longestFetch) => exception switch
    {
        InvalidDataException fault => fault.Message,
        OperationCanceledException or TimeoutException => $"did not answer within {longestFetch.TotalSeconds} seconds",
        JsonException => "answered with a document that is not a JSON Web Key Set",
        // The innermost message is the one that says what is wrong: a refused connection, an untrusted certificate.
        _ => $"could not be fetched: {exception.GetBaseException().Message}",
    };
}
