using System.Collections.Concurrent;
using System.Globalization;
using Hudya.Tests.Support;

namespace Hudya.Tests.Attacks;

/// <summary>The Python library kept claims of an earlier token in the instance when the next token lacked them.</summary>
public class Nothing_of_an_earlier_token_stays
{
    private const string Poor = """{"sub":"poor","exp":4102444800}""";

    private static readonly string Rich = Forge.Claims(GoodClaims.Plus("\"tenant\":\"acme\",\"limit\":\"7\",\"tenants\":[\"a\",\"b\"]"));

    [Theory]
    [InlineData(0)]
    [InlineData(1024)]
    public void Claims_that_the_next_token_lacks_are_empty(int cacheSize)
    {
        PlainJwt service = Service(cacheSize);

        service.Decode(Rich).Payload!.Level.Should().Be(2.0);
        VerifiedPayload poor = service.Decode(Forge.Claims(Poor)).Payload!;

        poor.Subject.Should().Be("poor");
        poor.Issuer.Should().BeEmpty();
        poor.Key.Should().BeNull();
        poor.Level.Should().Be(0);
        poor.Factor.Should().BeEmpty();
        poor.Target.Should().BeEmpty();
        poor.DoNotTrack.Should().Be(DoNotTrack.Normal);
        poor.Scopes.Should().BeEmpty();
        poor.HasScope("scope-of-the-corpus").Should().BeFalse();
        poor.GetText("tenant").Should().BeNull();
        poor.GetInteger("limit").Should().BeNull();
        poor.GetList("tenants").Should().BeNull();
    }

    [Theory]
    [InlineData(null, TokenFailure.Missing)]
    [InlineData("", TokenFailure.Missing)]
    [InlineData("x.y.z", TokenFailure.Malformed)]
    public void A_refused_token_has_no_payload(string? next, TokenFailure failure)
    {
        PlainJwt service = Service(1024);

        service.Decode(Rich).IsValid.Should().BeTrue();
        DecodeResult result = service.Decode(next);

        result.Failure.Should().Be(failure);
        result.IsValid.Should().BeFalse();
        result.Payload.Should().BeNull();
    }

    [Fact]
    public void Decoding_another_token_does_not_change_an_earlier_result()
    {
        PlainJwt service = Service(1024);

        DecodeResult held = service.Decode(Rich);
        service.Decode(Forge.Claims(Poor));
        service.Decode("x.y.z");

        held.IsValid.Should().BeTrue();
        held.Payload!.Subject.Should().Be(GoodClaims.Subject);
        held.Payload.GetText("tenant").Should().Be("acme");
    }

    [Fact]
    public void Threads_that_share_an_instance_read_only_their_own_tokens()
    {
        PlainJwt service = Service(16);
        string[] tokens = [.. Enumerable.Range(0, 64).Select(i => Forge.Claims($$"""{"sub":"subject-{{i}}","exp":4102444800,"level":"{{i}}.0","scopes":"scope-{{i}}"}"""))];
        var mixed = new ConcurrentQueue<string>();

        Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            string number = (i % 64).ToString(CultureInfo.InvariantCulture);
            VerifiedPayload payload = service.Decode(tokens[i % 64]).Payload!;
            if (payload.Subject != "subject-" + number || payload.Level != i % 64 || !payload.Scopes.SetEquals(["scope-" + number]))
                mixed.Enqueue(number);
        });

        mixed.Should().BeEmpty();
    }

    private static PlainJwt Service(int cacheSize) =>
        new(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, VerifiedTokenCacheSize = cacheSize });
}
