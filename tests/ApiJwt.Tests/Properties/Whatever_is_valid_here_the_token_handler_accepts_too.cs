using CsCheck;
using Hudya.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.Properties;

/// <summary>
/// Decoding does not call the handler's validation, and must not let in what that refuses. The long run is
/// <c>CsCheck_Iter=100000 dotnet test --project tests/ApiJwt.Tests --filter-class "*Whatever_is_valid_here*"</c>.
/// </summary>
public class Whatever_is_valid_here_the_token_handler_accepts_too
{
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    // CA5404: this library leaves the issuer to its caller, and refuses a token with an audience by itself when none is set.
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

    /// <summary>As it is by default, and with everything accepted that can be.</summary>
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
    public void Whatever_the_payload() => ShouldAgree(StrangePayloads.Json.Select(Forge.Claims));

    [Fact]
    public void Whatever_the_header() => ShouldAgree(StrangeHeaders.Json.Select(header => Forge.Sign(header, Forge.GoodPayload)));

    [Fact]
    public void Whatever_both() => ShouldAgree(Gen.Select(StrangeHeaders.Json, StrangePayloads.Json, (header, payload) => Forge.Sign(header, payload)));

    [Fact]
    public void Whatever_was_changed_in_a_part_of_a_hostile_or_a_good_token() => ShouldAgree(Mutations.OfParts);

    [Fact]
    public void Whatever_was_changed_in_the_text_of_a_hostile_or_a_good_token() => ShouldAgree(Mutations.OfText, someAreValid: false);

    private void ShouldAgree(Gen<string> tokens, bool someAreValid = true)
    {
        Property.Holds(tokens, Compare, count: 300);

        if (someAreValid)
            _valid.Should().BePositive("a promise about valid tokens is only tested by some");
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
            service.TokenHandler.ValidateTokenAsync(token, Tightest).GetAwaiter().GetResult().IsValid.Should().BeTrue("ours is as good");
            read.ValidTo.Should().BeCloseTo(ours.ExpiresAt.UtcDateTime, TimeSpan.FromSeconds(1));
        }
    }
}
