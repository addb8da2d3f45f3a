using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class A_removed_key_stops_working_at_once
{
    private static readonly string Token = Issued.By(TestKeys.Ours);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1024)]
    public void Also_for_a_token_that_was_verified_before(int cacheSize)
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, VerifiedTokenCacheSize = cacheSize });
        jwt.Decode(Token).IsValid.Should().BeTrue();
        jwt.Decode(Token).IsValid.Should().BeTrue();

        jwt.Keys.Override([TestKeys.Second.PublicKeyPem]);

        jwt.Decode(Token).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    [Fact]
    public void Also_when_reset_removes_it()
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Second.PublicKeyPem } });
        jwt.Keys.AddPublic(TestKeys.Ours.PublicKeyPem);
        jwt.Decode(Token).IsValid.Should().BeTrue();

        jwt.Keys.Reset();

        jwt.Decode(Token).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    [Fact]
    public void And_works_again_when_it_is_back()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);
        jwt.Keys.Override([TestKeys.Second.PublicKeyPem]);
        jwt.Decode(Token).IsValid.Should().BeFalse();

        jwt.Keys.Reset();

        jwt.Decode(Token).IsValid.Should().BeTrue();
    }

    [Fact]
    public void In_this_instance_only()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);
        var other = new PlainJwt(TestKeys.Verifying);

        jwt.Keys.Override([TestKeys.Second.PublicKeyPem]);

        other.Decode(Token).IsValid.Should().BeTrue();
    }
}
