using System.Security.Cryptography;
using Hudya.Tests.Support;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.Keys;

public class The_keys_of_other_code_have_no_influence
{
    [Fact]
    public void When_their_owner_disposes_the_key_it_was_taken_from()
    {
        PlainJwt issuing;
        PlainJwt verifying;
        using (RSA owned = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem))
        {
            issuing = new PlainJwt(new ApiJwtOptions { PrivateKey = owned.ExportPkcs8PrivateKeyPem() });
            verifying = new PlainJwt(new ApiJwtOptions { PublicKeys = { owned.ExportSubjectPublicKeyInfoPem() }, VerifiedTokenCacheSize = 0 });
        }

        foreach (string subject in new[] { "ann", "bob" })
        {
            string token = issuing.Encode(new TokenRequest { Subject = subject });
            verifying.Decode(token).Payload!.Subject.Should().Be(subject);
            verifying.Decode(token).IsValid.Should().BeTrue();
        }
    }

    [Fact]
    public void When_a_disposed_key_with_our_numbers_is_left_in_the_cache_of_the_process()
    {
        // A pair of its own: with a shared one another test might have filled the cache first.
        var pair = RsaKeyPair.Generate();
        SignatureProvider poisoned;
        using (RSA careless = TestKeys.RsaOf(pair.PrivateKeyPem))
        {
            poisoned = CryptoProviderFactory.Default.CreateForVerifying(new RsaSecurityKey(careless), "RS256");
            CryptoProviderFactory.Default.CreateForSigning(new RsaSecurityKey(careless), "RS256");
        }

        using RSA next = TestKeys.RsaOf(pair.PublicKeyPem);
        CryptoProviderFactory.Default.CreateForVerifying(new RsaSecurityKey(next), "RS256").Should().BeSameAs(poisoned, "that is the trap");

        var issuing = new PlainJwt(new ApiJwtOptions { PrivateKey = pair.PrivateKeyPem });
        string token = issuing.Encode(new TokenRequest { Subject = "ann" });

        issuing.Decode(token).IsValid.Should().BeTrue();
        new PlainJwt(new ApiJwtOptions { PublicKeys = { pair.PublicKeyPem } }).Decode(token).IsValid.Should().BeTrue();
    }
}
