using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiJwts.AspNetCore.Authentication;

/// <summary>The stock bearer handler, with <see cref="BearerEvents"/> around the events of the application.</summary>
/// <remarks>The options cannot hold these events, because the application may set its own events, or a type for them, at any place.</remarks>
[method: SuppressMessage("Reliability", "CA2000", Justification = "There is nothing to dispose of.")]
internal sealed class ApiJwtBearerHandler(
    IOptionsMonitor<JwtBearerOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenOwners owners)
    : JwtBearerHandler(options, new StockCategory(logger), encoder)
{
    protected override async Task InitializeEventsAsync()
    {
        await base.InitializeEventsAsync().ConfigureAwait(false);
        Events = new BearerEvents(Events, owners);
    }

    /// <summary>Logs in the category of the stock handler, so that existing log filters apply.</summary>
    private sealed class StockCategory(ILoggerFactory logger) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => logger.CreateLogger(typeof(JwtBearerHandler).FullName!);

        public void AddProvider(ILoggerProvider provider) => logger.AddProvider(provider);

        public void Dispose()
        {
        }
    }
}
