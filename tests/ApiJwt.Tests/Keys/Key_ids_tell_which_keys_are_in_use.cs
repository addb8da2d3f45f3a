using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class Key_ids_tell_which_keys_are_in_use
{
    [Fact]
    public void In_the_order_they_were_listed_each_once()
    {
        var jwt = new PlainJwt(new ApiJwtOptions
        {
            PublicKeys = { TestKeys.Second.PublicKeyPem, TestKeys.Ours.PublicKeyPem, TestKeys.Second.PublicKeyForEnvironment },
        });

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId, TestKeys.Ours.KeyId);
        jwt.Keys.SigningKeyId.Should().BeNull();
    }

    [Fact]
    public void With_the_private_key_first_whether_its_public_half_is_listed_or_not()
    {
        var unlisted = new PlainJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, PublicKeys = { TestKeys.Second.PublicKeyPem } });
        var listed = new PlainJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, PublicKeys = { TestKeys.Second.PublicKeyPem, TestKeys.Ours.PublicKeyPem } });

        unlisted.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        listed.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        unlisted.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
    }

    [Fact]
    public void As_they_were_when_they_were_asked_for()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);
        IReadOnlyList<string> before = jwt.Keys.KeyIds;

        jwt.Keys.AddPublic(TestKeys.Second.PublicKeyPem);

        before.Should().Equal(TestKeys.Ours.KeyId);
    }
}
