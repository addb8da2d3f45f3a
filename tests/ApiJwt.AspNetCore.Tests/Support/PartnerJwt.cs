using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.AspNetCore.Support;

/// <summary>The class of a second auth service, which signs with <see cref="TestKeys.Second"/>.</summary>
public sealed class PartnerJwt : ApiJwt
{
    public PartnerJwt(ApiJwtOptions options, ILogger<PartnerJwt>? logger = null)
        : base(options, logger) => Policy.AllowKey("partner", issuer: "auth_partner", scopes: ["partner:read"]);

    /// <summary>The default policy of an application that accepts the tokens of both classes.</summary>
    public static AuthorizationPolicy BothPolicy => new AuthorizationPolicyBuilder("Bearer", "Partner").RequireAuthenticatedUser().Build();

    public static string Issue(double? level = null) => new PartnerJwt(new ApiJwtOptions { PrivateKey = TestKeys.Second.PrivateKeyPem })
        .Encode(new TokenRequest { Subject = "bob", Key = "partner", Level = level, Scopes = ["partner:read"] });

    /// <summary>Adds the class as the scheme "Partner".</summary>
    public static AuthenticationBuilder AddTo(IServiceCollection services) => services
        .AddApiJwt<PartnerJwt>(options => options.PublicKeys.Add(TestKeys.Second.PublicKeyPem))
        .AddAuthentication().AddApiJwt<PartnerJwt>("Partner");
}
