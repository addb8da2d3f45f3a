using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class One_key_can_be_removed_by_its_id
{
    private static readonly string OfOurs = Issued.By(TestKeys.Ours);
    private static readonly string OfSecond = Issued.By(TestKeys.Second);

    [Theory]
    [InlineData(0)]
    [InlineData(1024)]
    public void And_its_tokens_are_refused_also_those_that_were_verified_before(int cacheSize)
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem, TestKeys.Second.PublicKeyPem }, VerifiedTokenCacheSize = cacheSize });
        jwt.Decode(OfOurs).IsValid.Should().BeTrue();
        jwt.Decode(OfSecond).IsValid.Should().BeTrue();

        jwt.Keys.Remove(TestKeys.Ours.KeyId);

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId);
        jwt.Decode(OfOurs).Failure.Should().Be(TokenFailure.InvalidSignature);
        jwt.Decode(OfSecond).IsValid.Should().BeTrue();
    }

    [Fact]
    public async Task Or_by_the_id_that_its_key_set_gave_it()
    {
        using var server = new AuthServer();
        server.PublishKeys(AuthServer.KeySet, (TestKeys.Ours, "2025"), (TestKeys.Second, "2026"));
        var jwt = new PlainJwt(server.Connect(new ApiJwtOptions { JwksUri = AuthServer.KeySet }));
        await jwt.Keys.RefreshAsync(TestContext.Current.CancellationToken);
        jwt.Decode(OfOurs).IsValid.Should().BeTrue();

        jwt.Keys.Remove("2025");

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId);
        jwt.Decode(OfOurs).Failure.Should().Be(TokenFailure.InvalidSignature);
        jwt.Decode(OfSecond).IsValid.Should().BeTrue();
    }

    [Fact]
    public void Even_the_last_one_and_then_no_token_is_accepted()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);

        jwt.Keys.Remove(TestKeys.Ours.KeyId);

        jwt.Keys.KeyIds.Should().BeEmpty();
        jwt.Decode(OfOurs).Failure.Should().Be(TokenFailure.InvalidSignature);
        jwt.Decode(OfSecond).Failure.Should().Be(TokenFailure.InvalidSignature);
    }
}
