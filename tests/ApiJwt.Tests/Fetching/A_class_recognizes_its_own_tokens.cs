using Hudya.Tests.Support;

namespace Hudya.Tests.Fetching;

public sealed class A_class_recognizes_its_own_tokens : IDisposable
{
    private readonly KeyServer _server = new(TestKeys.Ours);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string NamingNoKey => Forge.Claims(Forge.GoodPayload);

    [Fact]
    public void By_the_key_that_they_name()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);

        jwt.Recognizes(Issued.By(TestKeys.Ours)).Should().BeTrue();
        jwt.Recognizes(Issued.By(TestKeys.Second)).Should().BeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1024)]
    public void By_the_key_that_fits_when_they_name_none(int cacheSize)
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, VerifiedTokenCacheSize = cacheSize });
        using var stranger = TestKeys.RsaOf(TestKeys.Foreign.PrivateKeyPem);

        jwt.Recognizes(NamingNoKey).Should().BeTrue();
        jwt.Decode(NamingNoKey).IsValid.Should().BeTrue();
        jwt.Recognizes(NamingNoKey).Should().BeTrue();
        jwt.Recognizes(Forge.Sign(Forge.Rs256Header, Forge.GoodPayload, stranger)).Should().BeFalse();
    }

    [Fact]
    public void By_their_issuer_alone_where_issuers_are_set()
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, Issuers = { "auth_user" } });
        using var stranger = TestKeys.RsaOf(TestKeys.Foreign.PrivateKeyPem);

        jwt.Recognizes(Forge.Sign(Forge.Rs256Header, """{"iss":"auth_user"}""", stranger)).Should().BeTrue();
        jwt.Recognizes(Forge.Sign($$"""{"alg":"RS256","kid":"{{TestKeys.Ours.KeyId}}"}""", """{"iss":"somebody","sub":"ann","exp":4102444800}""")).Should().BeFalse();
        jwt.Recognizes(Forge.Claims("""{"sub":"ann","exp":4102444800}""")).Should().BeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no token")]
    [InlineData("bm8.bm8.bm8")]
    public async Task And_nothing_that_is_no_token_without_waiting_for_a_key(string? text)
    {
        PlainJwt jwt = Service();

        jwt.Recognizes(text).Should().BeFalse();
        (await jwt.RecognizesAsync(text, Cancel)).Should().BeFalse();
        (await jwt.RecognizesAsync(Issued.By(TestKeys.Ours)[..^1] + '\u00e4', Cancel)).Should().BeFalse();
        _server.Fetches.Should().Be(0);
    }

    [Fact]
    public void Nor_one_that_is_longer_than_it_may_be() =>
        new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, MaxTokenLength = 512 })
            .Recognizes(Forge.Claims("""{"iss":"auth_user","sub":"ann","exp":4102444800,"factor":"otp","target":"","dnt":"0","scopes":"user:all"}""")).Should().BeFalse();

    [Fact]
    public async Task As_soon_as_their_key_is_published_to_a_caller_who_waits()
    {
        PlainJwt jwt = Service();

        jwt.Recognizes(NamingNoKey).Should().BeFalse();
        (await jwt.RecognizesAsync(NamingNoKey, Cancel)).Should().BeTrue();
        _server.Publish(TestKeys.Second);
        (await jwt.RecognizesAsync(Issued.By(TestKeys.Second), Cancel)).Should().BeTrue();
        (await jwt.RecognizesAsync(Issued.By(TestKeys.Foreign), Cancel)).Should().BeFalse();
    }

    [Fact]
    public async Task Without_waiting_where_the_issuer_decides_or_no_key_can_be_published()
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
