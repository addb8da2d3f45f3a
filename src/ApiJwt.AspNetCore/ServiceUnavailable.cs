using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ApiJwts.AspNetCore;

/// <summary>The answer while keys or lists of revoked tokens are not available: 503 with <c>Retry-After</c>.</summary>
internal static class ServiceUnavailable
{
    // A fetch may take ten seconds. A client that retries after five usually finds it finished.
    private const int RetryAfterSeconds = 5;

    public static void Answer(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
    }
}
