namespace Hudya.Tests.Attacks;

[Collection(nameof(WholeProcess))]
public class The_cache_keeps_no_more_tokens_than_it_was_told_to
{
    [Fact]
    public void Decoding_more_tokens_than_the_cache_holds_does_not_grow_it()
    {
        const int capacity = 64;
        const int length = 10_000;
        var service = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, VerifiedTokenCacheSize = capacity });
        DecodeMany(service, capacity);
        long before = GC.GetTotalMemory(forceFullCollection: true);

        DecodeMany(service, capacity * 10);

        // A cached token keeps its payload, at two bytes for each character.
        (GC.GetTotalMemory(forceFullCollection: true) - before).Should().BeLessThan(capacity * length * 2L);

        static void DecodeMany(PlainJwt service, int count)
        {
            for (int i = 0; i < count; i++)
                service.Decode(Forge.Claims(GoodClaims.With("factor", $"\"{i}{new string('x', length / 2)}\""))).IsValid.Should().BeTrue();
        }
    }
}
