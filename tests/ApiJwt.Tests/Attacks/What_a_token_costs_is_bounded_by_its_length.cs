namespace Hudya.Tests.Attacks;

public class What_a_token_costs_is_bounded_by_its_length
{
    // The eight characters `"abc":1,` become a string, the text of a number and an entry in a table that doubles as it grows.
    private const int BytesPerCharacter = 100;
    private const int BytesPerToken = 16 * 1024;

    [Fact]
    public void Decoding_a_hostile_token_allocates_in_proportion_to_its_length()
    {
        List<string> dear = [];
        foreach ((string name, PlainJwt service, HostileToken token) in Corpus.Served())
        {
            // The first decode also fills caches of the library and of the runtime.
            service.Decode(token.Token);
            long before = GC.GetAllocatedBytesForCurrentThread();
            service.Decode(token.Token);
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (bytes > BytesPerToken + (BytesPerCharacter * (long)token.Token.Length))
                dear.Add($"{name}: {bytes} bytes for {token.Token.Length} characters");
        }

        dear.Should().BeEmpty();
    }

    /// <summary>A forged token is decoded into rented arrays, which go back to the pool.</summary>
    [Fact]
    public void A_forged_token_allocates_almost_nothing()
    {
        PlainJwt service = new(TestKeys.Verifying);
        string[] parts = Forge.Claims(GoodClaims.With("factor", $"\"{new string('x', 10_000)}\"")).Split('.');
        string forged = $"{parts[0]}.{parts[1]}.{Forge.Encode(new byte[256])}";
        service.Decode(forged).Failure.Should().Be(TokenFailure.InvalidSignature);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            service.Decode(forged);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(100 * 4096);
    }
}
