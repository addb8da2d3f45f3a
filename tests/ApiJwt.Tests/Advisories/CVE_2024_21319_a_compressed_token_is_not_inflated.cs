using System.IO.Compression;

namespace Hudya.Tests.Advisories;

/// <summary>IdentityModel below 7.1.2: a small encrypted token could fill the memory when it was decompressed.</summary>
public class CVE_2024_21319_a_compressed_token_is_not_inflated
{
    [Fact]
    public void A_compressed_token_is_refused_without_being_decompressed()
    {
        using var buffer = new MemoryStream();
        using (var deflate = new DeflateStream(buffer, CompressionLevel.SmallestSize, leaveOpen: true))
            deflate.Write(new byte[8 * 1024 * 1024]);
        string bomb = Forge.Encode(buffer.ToArray());
        string encrypted = Forge.Encode("""{"alg":"dir","enc":"A128CBC-HS256","zip":"DEF"}""") + $"..AAAA.{bomb}.AAAA";
        string signed = Forge.SignParts(Forge.Encode("""{"alg":"RS256","zip":"DEF"}"""), bomb);
        var service = new PlainJwt(TestKeys.Verifying);
        service.Decode(encrypted).Failure.Should().Be(TokenFailure.Malformed);
        service.Decode(signed).Failure.Should().Be(TokenFailure.UnsupportedHeader);

        long before = GC.GetAllocatedBytesForCurrentThread();
        service.Decode(encrypted);
        service.Decode(signed);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(100_000);
    }
}
