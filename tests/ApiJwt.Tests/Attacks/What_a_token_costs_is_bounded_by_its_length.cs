using Hudya.Tests.Support;

namespace Hudya.Tests.Attacks;

public class What_a_token_costs_is_bounded_by_its_length
{
    // An object member of eight characters, `"abc":1,`, becomes a string, a number's text and an entry of a table that doubles.
    private const int BytesPerCharacter = 100;
    private const int BytesPerToken = 16 * 1024;

    [Fact]
    public void However_hostile_it_is()
    {
        List<string> dear = [];
        foreach (HostileFamily family in Corpus.Families)
        {
            ApiJwt service = family.Service();
            foreach (HostileToken token in family.Tokens)
            {
                // Once before, for what is made at the first time.
                service.Decode(token.Token);
                long before = GC.GetAllocatedBytesForCurrentThread();
                service.Decode(token.Token);
                long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                if (bytes > BytesPerToken + (BytesPerCharacter * (long)token.Token.Length))
                    dear.Add($"{family.Name}, {token.Name}: {bytes} bytes for {token.Token.Length} characters");
            }
        }

        dear.Should().BeEmpty();
    }

    /// <summary>What it is unpacked into is lent by the pool, and goes back there.</summary>
    [Fact]
    public void And_a_forged_one_costs_next_to_nothing()
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
