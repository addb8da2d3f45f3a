using CsCheck;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.Properties;

/// <summary>
/// Decoding does not use the validation of IdentityModel's handler, and must not accept a token that it refuses. The long run is
/// <c>CsCheck_Iter=100000 dotnet test --project tests/ApiJwt.Tests --filter-class "*Whatever_is_valid_here*"</c>.
/// </summary>
public class Whatever_is_valid_here_the_token_handler_accepts_too
{
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    // CA5404: the tests use tokens of any issuer, and audiences are checked by this library only.
#pragma warning disable CA5404
    private static readonly TokenValidationParameters Tightest = new()
    {
        IssuerSigningKey = new RsaSecurityKey(TestKeys.RsaOf(TestKeys.Ours.PublicKeyPem)),
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        ValidateIssuer = false,
        ValidateAudience = false,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        ClockSkew = TimeSpan.Zero,
    };
#pragma warning restore CA5404

    /// <summary>A service with default settings, and one with the most permissive settings.</summary>
    private readonly PlainJwt[] _services =
    [
        new(TestKeys.Verifying),
        new(new ApiJwtOptions
        {
            PublicKeys = { TestKeys.Ours.PublicKeyPem },
            AcceptedAudiences = { "hudya", "ann", "a" },
            RequireAudience = false,
            AcceptedTokenTypes = { "at+jwt", "JWE", "x" },
            AllowMissingSubject = true,
            ChecksTokenBinding = true,
        }),
    ];

    private int _valid;

    [Fact]
    public void The_handler_accepts_every_payload_that_is_valid_here() => ShouldAgree(StrangePayloads.Json.Select(Forge.Claims));

    [Fact]
    public void The_handler_accepts_every_header_that_is_valid_here() => ShouldAgree(StrangeHeaders.Json.Select(header => Forge.Sign(header, Forge.GoodPayload)));

    [Fact]
    public void The_handler_accepts_every_pair_of_header_and_payload_that_is_valid_here() => ShouldAgree(Gen.Select(StrangeHeaders.Json, StrangePayloads.Json, (header, payload) => Forge.Sign(header, payload)));

    [Fact]
    public void The_handler_accepts_every_signed_mutation_that_is_valid_here() => ShouldAgree(Mutations.OfParts);

    [Fact]
    public void The_handler_accepts_every_mutation_of_the_text_that_is_valid_here() => ShouldAgree(Mutations.OfText, someAreValid: false);

    private void ShouldAgree(Gen<string> tokens, bool someAreValid = true)
    {
        Property.Holds(tokens, Compare, count: 300);

        if (someAreValid)
            _valid.Should().BePositive("the comparison tests nothing unless some tokens are valid");
        TestContext.Current.TestOutputHelper?.WriteLine($"{_valid} were valid here.");
    }

    private void Compare(string token)
    {
        foreach (PlainJwt service in _services)
        {
            if (service.Decode(token).Payload is not { } ours)
                continue;

            Interlocked.Increment(ref _valid);
            TokenValidationResult theirs = Handler.ValidateTokenAsync(token, Tightest).GetAwaiter().GetResult();
            theirs.IsValid.Should().BeTrue("we accept {0}, and the handler says {1}", token, theirs.Exception);
            var read = (JsonWebToken)theirs.SecurityToken;
            (read.Subject ?? "").Should().Be(ours.Subject);
            service.TokenHandler.ValidateTokenAsync(token, Tightest).GetAwaiter().GetResult().IsValid.Should().BeTrue("the handler of this library must accept it too");
            read.ValidTo.Should().BeCloseTo(ours.ExpiresAt.UtcDateTime, TimeSpan.FromSeconds(1));
        }
    }
}
