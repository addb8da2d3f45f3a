using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Attacks;

public class The_cache_changes_no_verdict
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(HostileFamily.Now));
    private readonly PlainJwt _service;

    public The_cache_changes_no_verdict() => _service = new PlainJwt(new ApiJwtOptions
    {
        PublicKeys = { TestKeys.Ours.PublicKeyPem, TestKeys.Second.PublicKeyPem },
        TimeProvider = _clock,
    });

    [Fact]
    public void A_token_with_a_part_of_a_cached_one_is_verified_again()
    {
        using RSA second = TestKeys.RsaOf(TestKeys.Second.PrivateKeyPem);
        string good = Forge.Claims(GoodClaims.Json);
        string[] parts = good.Split('.');

        Remember(good);

        _service.Decode(Forge.Sign(Forge.Rs256Header, GoodClaims.Json, TestKeys.ForeignKey)).Failure.Should().Be(TokenFailure.InvalidSignature);
        _service.Decode(Forge.Sign(Forge.Rs256Header, GoodClaims.Json, second)).IsValid.Should().BeTrue();
        _service.Decode($"{parts[0]}.{parts[1]}.AAAA").Failure.Should().Be(TokenFailure.InvalidSignature);
        _service.Decode($"{parts[0]}.{Forge.Encode(GoodClaims.With("scopes", "\"admin:all\""))}.{parts[2]}").Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    [Fact]
    public void Another_spelling_of_a_cached_token_is_refused()
    {
        string good = Forge.Claims(GoodClaims.Json);

        Remember(good);

        foreach (string other in (string[])[good + "=", good + "\n", " " + good, good + ".", good + "\0"])
            _service.Decode(other).Failure.Should().Be(TokenFailure.Malformed);
    }

    [Fact]
    public void A_cached_token_expires_on_time()
    {
        string token = Forge.Claims(GoodClaims.With("exp", $"{HostileFamily.Now + 60}"));

        Remember(token);
        _clock.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        _service.Decode(token).IsValid.Should().BeTrue();
        _clock.Advance(TimeSpan.FromTicks(1));

        DecodeResult result = _service.Decode(token);
        result.Failure.Should().Be(TokenFailure.Expired);
        result.Payload.Should().BeNull();
    }

    [Fact]
    public void A_cached_token_is_not_yet_valid_when_the_clock_is_set_back()
    {
        string token = Forge.Claims(GoodClaims.With("nbf", $"{HostileFamily.Now}"));

        Remember(token);
        _clock.AdjustTime(DateTimeOffset.FromUnixTimeSeconds(HostileFamily.Now - 1));

        _service.Decode(token).Failure.Should().Be(TokenFailure.NotYetValid);
    }

    [Fact]
    public void A_failure_is_never_cached()
    {
        string token = Forge.Sign(Forge.Rs256Header, GoodClaims.Json, TestKeys.ForeignKey);

        for (int i = 0; i < 5; i++)
            _service.Decode(token).Failure.Should().Be(TokenFailure.InvalidSignature);
        _service.Keys.AddPublic(TestKeys.Foreign.PublicKeyPem);

        _service.Decode(token).IsValid.Should().BeTrue();
    }

    [Fact]
    public void A_token_whose_digest_begins_like_that_of_a_cached_one_is_verified()
    {
        string good = Forge.Claims(GoodClaims.Json);
        string[] parts = good.Split('.');
        byte[] wanted = Digest(good);
        string twin = Enumerable.Range(0, int.MaxValue)
            .Select(nonce => $"{parts[0]}.{Forge.Encode(GoodClaims.With("nonce", $"{nonce}"))}.{parts[2]}")
            .First(token => Digest(token).AsSpan(0, 2).SequenceEqual(wanted.AsSpan(0, 2)));

        Remember(good);

        _service.Decode(twin).Failure.Should().Be(TokenFailure.InvalidSignature);
        _service.Decode(good).Payload!.Subject.Should().Be(GoodClaims.Subject);
    }

    [Theory]
    [InlineData(1), InlineData(3), InlineData(64)]
    public void More_tokens_than_the_cache_holds_are_told_apart(int size)
    {
        var service = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, TimeProvider = _clock, VerifiedTokenCacheSize = size });
        string[] tokens = [.. Enumerable.Range(0, 100).Select(i => Forge.Claims(GoodClaims.With("sub", $"\"subject-{i}\"")))];

        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < tokens.Length; i++)
                service.Decode(tokens[i]).Payload!.Subject.Should().Be($"subject-{i}");
        }
    }

    private void Remember(string token)
    {
        for (int i = 0; i < 3; i++)
            _service.Decode(token).IsValid.Should().BeTrue();
    }

    private static byte[] Digest(string token) => SHA256.HashData(Encoding.ASCII.GetBytes(token));
}
