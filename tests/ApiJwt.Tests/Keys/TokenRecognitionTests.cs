using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

/// <summary><see cref="ApiJwt.Recognizes"/> and <see cref="ApiJwt.RecognizesAsync"/>.</summary>
public sealed class TokenRecognitionTests : IDisposable
{
    private readonly KeyServer _server = new(TestKeys.Ours);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static PlainJwt OfOneIssuer => new(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, Issuers = { "auth_user" } });

    private static string NamingNoKey => Forge.Claims(Forge.GoodPayload);

    [Fact]
    public void A_token_that_names_one_of_our_keys_is_recognized()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);

        jwt.Recognizes(Issued.By(TestKeys.Ours)).Should().BeTrue();
        jwt.Recognizes(Issued.By(TestKeys.Second)).Should().BeFalse();
        jwt.Recognizes(Forge.Sign("""{"alg":"RS256","kid":"other"}""", Forge.GoodPayload)).Should().BeFalse("the key is ours, but the key id is not");
    }

    /// <summary>Another provider may give its own key the id of one of ours.</summary>
    [Fact]
    public async Task A_token_that_names_one_of_our_keys_and_is_signed_with_another_is_not_recognized()
    {
        string token = Forge.Sign($$"""{"alg":"RS256","kid":"{{TestKeys.Ours.KeyId}}"}""", Forge.GoodPayload, TestKeys.ForeignKey);
        PlainJwt jwt = await _server.StartServiceAsync();

        jwt.Recognizes(token).Should().BeFalse();
        (await jwt.RecognizesAsync(token, Cancel)).Should().BeFalse();
        _server.Fetches.Should().Be(1, "fetching keys cannot change the result");
    }

    /// <summary>The limit is 4096 characters of base64url, which encode 3072 bytes.</summary>
    [Theory]
    [InlineData(3072, true), InlineData(3073, false)]
    public void A_token_with_a_header_that_is_too_long_is_not_recognized(int length, bool isRecognized)
    {
        string header = $$"""{"alg":"RS256","x":"{{new string('x', length - 22)}}"}""";

        header.Length.Should().Be(length);
        OfOneIssuer.Recognizes(Forge.Sign(header, Forge.GoodPayload)).Should().Be(isRecognized);
    }

    [Theory]
    [InlineData(0), InlineData(1024)]
    public void A_token_that_names_no_key_is_recognized_by_the_key_that_verifies_it(int cacheSize)
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, VerifiedTokenCacheSize = cacheSize });

        jwt.Recognizes(NamingNoKey).Should().BeTrue();
        jwt.Decode(NamingNoKey).IsValid.Should().BeTrue();
        jwt.Recognizes(NamingNoKey).Should().BeTrue();
        jwt.Recognizes(Forge.Sign(Forge.Rs256Header, Forge.GoodPayload, TestKeys.ForeignKey)).Should().BeFalse();
    }

    [Fact]
    public void If_issuers_are_set_only_the_issuer_decides()
    {
        PlainJwt jwt = OfOneIssuer;

        jwt.Recognizes(Forge.Sign(Forge.Rs256Header, """{"iss":"auth_user"}""", TestKeys.ForeignKey)).Should().BeTrue();
        jwt.Recognizes(Forge.Sign($$"""{"alg":"RS256","kid":"{{TestKeys.Ours.KeyId}}"}""", """{"iss":"somebody","sub":"ann","exp":4102444800}""")).Should().BeFalse();
        jwt.Recognizes(Forge.Claims("""{"sub":"ann","exp":4102444800}""")).Should().BeFalse();
    }

    /// <summary>The payload is not verified yet, so it is read only as far as the issuer.</summary>
    [Theory]
    [InlineData("""{"iss":"auth_user"}""", true), InlineData("""{"a":{"iss":"somebody"},"b":[{}],"iss":"auth_user" """, true)]
    [InlineData("""{"\u0069ss":"auth\u005fuser"}""", true), InlineData("""{"a":{"iss":"auth_user"}}""", false)]
    [InlineData("""{"iss":["auth_user"]}""", false), InlineData("""{"iss":null}""", false), InlineData("""{"iss":"\ud800"}""", false)]
    [InlineData("""{"iss":""", false), InlineData("""["iss","auth_user"]""", false), InlineData("""{}""", false), InlineData("auth_user", false)]
    [InlineData(" ", false)]
    public void The_issuer_is_read_at_any_position_and_from_no_other_member(string payload, bool isRecognized) =>
        OfOneIssuer.Recognizes(Forge.Claims(payload)).Should().Be(isRecognized);

    [Theory]
    [InlineData(null), InlineData(""), InlineData("no token"), InlineData("bm8.bm8.bm8")]
    public async Task A_text_that_is_no_token_is_not_recognized_and_causes_no_fetch(string? text)
    {
        PlainJwt jwt = Service();

        jwt.Recognizes(text).Should().BeFalse();
        (await jwt.RecognizesAsync(text, Cancel)).Should().BeFalse();
        (await jwt.RecognizesAsync(Issued.By(TestKeys.Ours)[..^1] + '\u00e4', Cancel)).Should().BeFalse();
        _server.Fetches.Should().Be(0);
    }

    [Theory]
    [InlineData(0, true), InlineData(1, false)]
    public void A_token_that_is_too_long_is_not_recognized(int excess, bool isRecognized) =>
        new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, MaxTokenLength = NamingNoKey.Length - excess })
            .Recognizes(NamingNoKey).Should().Be(isRecognized);

    [Fact]
    public async Task RecognizesAsync_finds_a_key_as_soon_as_it_is_published()
    {
        PlainJwt jwt = Service();

        jwt.Recognizes(NamingNoKey).Should().BeFalse();
        (await jwt.RecognizesAsync(NamingNoKey, Cancel)).Should().BeTrue();
        _server.Publish(TestKeys.Second);
        (await jwt.RecognizesAsync(Issued.By(TestKeys.Second), Cancel)).Should().BeTrue();
        (await jwt.RecognizesAsync(Issued.By(TestKeys.Foreign), Cancel)).Should().BeFalse();
    }

    [Fact]
    public async Task No_key_is_fetched_if_the_issuer_decides_or_no_key_set_is_configured()
    {
        ApiJwtOptions options = _server.Options();
        options.Issuers.Add("somebody");

        (await new PlainJwt(options).RecognizesAsync(NamingNoKey, Cancel)).Should().BeFalse();
        (await new PlainJwt(TestKeys.Verifying).RecognizesAsync(Issued.By(TestKeys.Second), Cancel)).Should().BeFalse();
        _server.Fetches.Should().Be(0);
    }

    public void Dispose() => _server.Dispose();

    private PlainJwt Service() => new(_server.Options());
}
