using System.Net;
using System.Text.Json;

namespace ApiJwts;

/// <summary>Reads the response to a fetch, and describes faults as phrases that follow the address, such as <c>answered 404</c>.</summary>
internal static class FetchFault
{
    /// <summary>Reads the body of a response.</summary>
    /// <exception cref="InvalidDataException">The status is not 200, or the body is too long.</exception>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage response, int maxLength, CancellationToken cancel)
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
            if (content.Length > maxLength)
                throw new InvalidDataException($"answered with more than {maxLength} bytes");
        }

        return content.ToArray();
    }

    /// <summary>Refuses a response that an HTTP client of the application fetched from another server, because it followed a redirect.</summary>
    /// <remarks>Only <c>http</c> and <c>https</c> are compared, because a handler for service discovery replaces its own schemes.</remarks>
    /// <exception cref="InvalidDataException">The response came from another scheme, host or port.</exception>
    public static void RefuseFromElsewhere(HttpResponseMessage response, Uri address)
    {
        if ((address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            && response.RequestMessage?.RequestUri is { IsAbsoluteUri: true } last
            && Uri.Compare(address, last, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) != 0)
            throw new InvalidDataException("led to another scheme, host or port, and redirects are not followed. Set AllowAutoRedirect of the HTTP client to false");
    }

    public static string Of(Exception exception, TimeSpan timeout) => exception switch
    {
        InvalidDataException fault => fault.Message,
        OperationCanceledException { InnerException: TimeoutException } => "did not answer within the time limit of the HTTP client",
        OperationCanceledException or TimeoutException => $"did not answer within {timeout.TotalSeconds} seconds",
        JsonException => "answered with a document that is not a JSON Web Key Set",
        // The innermost exception has the cause, such as a refused connection or an untrusted certificate.
        _ => $"could not be fetched: {exception.GetBaseException().Message}",
    };
}
