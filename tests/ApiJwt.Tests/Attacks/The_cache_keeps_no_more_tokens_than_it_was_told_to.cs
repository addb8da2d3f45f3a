using Hudya.Tests.Support;

namespace Hudya.Tests.Attacks;

[Collection(nameof(WholeProcess))]
public class The_cache_keeps_no_more_tokens_than_it_was_told_to
{
    [Fact]
    public void However_many_there_are()
    {
        const int capacity = 64;
        const int length = 10_000;
        var service = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, VerifiedTokenCacheSize = capacity });
        DecodeMany(service, capacity);
        long before = GC.GetTotalMemory(forceFullCollection: true);

        DecodeMany(service, capacity * 10);

        // A token that is kept costs its payload, in characters of two bytes.
        (GC.GetTotalMemory(forceFullCollection: true) - before).Should().BeLessThan(capacity * length * 2L);

        static void DecodeMany(PlainJwt service, int count)
        {
            for (int i = 0; i < count; i++)
                service.Decode(Forge.Claims(GoodClaims.With("factor", $"\"{i}{new string('x', length / 2)}\""))).IsValid.Should().BeTrue();
        }
    }
}
