using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

[Collection(nameof(WholeProcess))]
public class A_new_key_pair_goes_through_the_environment
{
    [Fact]
    public void From_the_auth_service_to_one_that_only_verifies()
    {
        var pair = RsaKeyPair.Generate();

        ApiJwtOptions issuing = WholeProcess.WithEnvironment(
            ApiJwtOptions.FromEnvironment, ("JWT_KEY_PRIVATE", pair.PrivateKeyForEnvironment), ("JWT_KEY_PUBLIC", null));
        ApiJwtOptions verifying = WholeProcess.WithEnvironment(
            ApiJwtOptions.FromEnvironment, ("JWT_KEY_PRIVATE", null), ("JWT_KEY_PUBLIC", pair.PublicKeyForEnvironment));

        string token = new PlainJwt(issuing).Encode(new TokenRequest { Subject = "ann" });
        new PlainJwt(verifying).Decode(token).IsValid.Should().BeTrue();
    }
}
