using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiJwts.AspNetCore.Authentication;

/// <summary>The stock bearer handler, whose events see what this package adds as well.</summary>
/// <remarks>Around the events, and not in the options: an application may set other events, or a class for them, at any place.</remarks>
internal sealed class ApiJwtBearerHandler(
    IOptionsMonitor<JwtBearerOptions> options, ILoggerFactory logger, UrlEncoder encoder, IEnumerable<VerifyingScheme> schemes)
    : JwtBearerHandler(options, logger, encoder)
{
    protected override async Task InitializeEventsAsync()
    {
        await base.InitializeEventsAsync().ConfigureAwait(false);
        Events = new BearerEvents(Events, schemes);
    }
}
