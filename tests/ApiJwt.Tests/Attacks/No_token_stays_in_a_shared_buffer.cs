using System.Buffers;
using System.Text;

namespace Hudya.Tests.Attacks;

/// <summary>The array pool is shared by the whole process, and does not clear arrays. The next code that rents one could read the token.</summary>
public class No_token_stays_in_a_shared_buffer
{
    private const string Secret = "a-subject-that-is-nobodys-business";

    private readonly PlainJwt _service = new(TestKeys.Verifying);

    [Fact]
    public void A_valid_token_leaves_nothing_in_the_array_pool() => NothingStaysOf(Forge.Claims($$"""{"sub":"{{Secret}}","exp":4102444800}"""), TokenFailure.None);

    [Fact]
    public void A_token_with_a_wrong_signature_leaves_nothing_in_the_array_pool()
    {
        string token = Forge.Claims($$"""{"sub":"{{Secret}}","exp":4102444800}""");

        NothingStaysOf(string.Concat(token.AsSpan(0, token.LastIndexOf('.') + 1), Forge.Encode(new byte[256])), TokenFailure.InvalidSignature);
    }

    [Fact]
    public void A_token_with_wrong_claims_leaves_nothing_in_the_array_pool() => NothingStaysOf(Forge.Claims($$"""{"sub":"{{Secret}}"}"""), TokenFailure.Malformed);

    private void NothingStaysOf(string token, TokenFailure verdict)
    {
        _service.Decode(token).Failure.Should().Be(verdict);

        // Two arrays of every size that decoding can have rented: it rents two, which may have the same size.
        for (int size = 16; size <= 1 << 20; size *= 2)
        {
            string left = Encoding.ASCII.GetString([.. ArrayPool<byte>.Shared.Rent(size), .. ArrayPool<byte>.Shared.Rent(size)]);
            left.Contains(Secret, StringComparison.Ordinal).Should().BeFalse();
            left.Contains(token.Split('.')[1], StringComparison.Ordinal).Should().BeFalse();
        }
    }
}
