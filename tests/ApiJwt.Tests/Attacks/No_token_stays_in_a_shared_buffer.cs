using System.Buffers;
using System.Text;
using Hudya.Tests.Support;

namespace Hudya.Tests.Attacks;

/// <summary>Whoever rents an array from the pool of the process next gets it as it was left: another library, perhaps another tenant.</summary>
public class No_token_stays_in_a_shared_buffer
{
    private const string Secret = "a-subject-that-is-nobodys-business";

    private readonly PlainJwt _service = new(TestKeys.Verifying);

    [Fact]
    public void Once_it_was_found_good() => NothingStaysOf(Forge.Claims($$"""{"sub":"{{Secret}}","exp":4102444800}"""), TokenFailure.None);

    [Fact]
    public void Once_it_was_refused_for_its_signature()
    {
        string token = Forge.Claims($$"""{"sub":"{{Secret}}","exp":4102444800}""");

        NothingStaysOf(string.Concat(token.AsSpan(0, token.LastIndexOf('.') + 1), Forge.Encode(new byte[256])), TokenFailure.InvalidSignature);
    }

    [Fact]
    public void Once_it_was_refused_for_its_claims() => NothingStaysOf(Forge.Claims($$"""{"sub":"{{Secret}}"}"""), TokenFailure.Malformed);

    private void NothingStaysOf(string token, TokenFailure verdict)
    {
        _service.Decode(token).Failure.Should().Be(verdict);

        // Of every size class that a token can have taken an array from.
        for (int size = 16; size <= 1 << 20; size *= 2)
        {
            string left = Encoding.ASCII.GetString(ArrayPool<byte>.Shared.Rent(size));
            left.Contains(Secret, StringComparison.Ordinal).Should().BeFalse();
            left.Contains(token.Split('.')[1], StringComparison.Ordinal).Should().BeFalse();
        }
    }
}
