using ApiJwts.Testing;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.AspNetCore;

public class Events_of_the_stock_handler_run
{
    private readonly List<string> _seen = [];

    [Fact]
    public async Task As_people_know_them()
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(
            app => app.MapGet("/", () => "").RequireScope("support:mobile"),
            builder =>
            {
                builder.Services.AddApiJwt<HudyaJwt>(_ => { }).TrustTestTokens();
                builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>(options => options.Events = new JwtBearerEvents
                {
                    OnTokenValidated = context => See($"validated until {context.SecurityToken.ValidTo:yyyy}"),
                    OnAuthenticationFailed = context => See(context.Exception is SecurityTokenExpiredException { Expires.Year: 2001 } ? "expired in 2001" : context.Exception.GetType().Name),
                    OnChallenge = context => See($"challenge {context.ErrorDescription}"),
                    OnForbidden = _ => See("forbidden"),
                });
                builder.Services.AddAuthorization();
            });

        await app.Client().WithToken(token => token.Scopes("other")).GetAsync("/", GuardedApp.Cancel);
        await app.Client().WithToken(token => token.Expired()).GetAsync("/", GuardedApp.Cancel);
        await app.Client().WithToken(token => token.Forged()).GetAsync("/", GuardedApp.Cancel);

        _seen.Should().Equal(
            "validated until 2100", "forbidden",
            "expired in 2001", "challenge The token has expired.",
            "SecurityTokenInvalidSignatureException", "challenge The token is not valid.");
    }

    [Fact]
    public async Task With_a_token_of_the_type_that_the_stock_handler_has()
    {
        await using GuardedApp app = await SessionJwt.StartAsync(
            app => app.MapGet("/", () => "").RequireAuthorization(),
            services: builder => builder.Services.Configure<JwtBearerOptions>("Bearer", options => options.Events.OnTokenValidated = context =>
            {
                var token = (JsonWebToken)context.SecurityToken;
                return See($"{token.Id} {token.IssuedAt:O} {token.ValidTo:O} {token.Subject} {token.GetClaim("level").Value}");
            }));
        IssuedToken issued = app.Services.GetRequiredService<SessionJwt>().Issue(new TokenRequest { Subject = "ann", Key = "user" });
        VerifiedPayload payload = app.Services.GetRequiredService<SessionJwt>().Decode(issued.Text).Payload!;

        await app.GetAsync("/", issued.Text);

        _seen.Should().Equal($"{issued.TokenId} {payload.IssuedAt!.Value.UtcDateTime:O} {issued.ExpiresAt.UtcDateTime:O} ann 0.0");
    }

    /// <summary>Every template has a filter for it.</summary>
    [Fact]
    public async Task And_its_log_stands_in_its_own_category()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGet("/", () => "").RequireScope("support:mobile"),
            builder => builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning));

        await app.GetAsync("/", "no token");

        app.Log.Lines.Should().ContainSingle().Which.Should().StartWith("Information: Refused a token: Malformed.");
    }

    private Task See(string what)
    {
        _seen.Add(what);
        return Task.CompletedTask;
    }
}
