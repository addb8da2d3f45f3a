using System.Globalization;

namespace Hudya.Tests.Redis;

public class RevocationSharingTests
{
    private static readonly IReadOnlyDictionary<string, Action<Member, IssuedToken>> Ways = new Dictionary<string, Action<Member, IssuedToken>>
    {
        ["a token"] = (member, token) => member.Revoke(token),
        ["the tokens of a subject"] = (member, _) => member.Jwt.Revocations.RevokeSubject("ann"),
        ["all tokens"] = (member, _) => member.Jwt.Revocations.RevokeAll(),
    };

    public static TheoryData<string> Revocations { get; } = [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(Revocations))]
    public async Task A_revocation_reaches_every_running_service_and_every_new_one(string revocation)
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using Member first = await Member.StartAsync(redis);
        await using Member second = await Member.StartAsync(redis);
        IssuedToken token = first.Issue();
        second.FailureOf(token).Should().Be(TokenFailure.None);

        Ways[revocation](first, token);

        first.FailureOf(token).Should().Be(TokenFailure.Revoked, "a revocation takes effect locally at once");
        await second.RefusesAsync(token);
        await using Member late = await Member.StartAsync(redis);
        late.FailureOf(token).Should().Be(TokenFailure.Revoked, "a new service loads the revocations in force");
    }

    [Fact]
    public async Task Revocations_are_shared_through_a_connection_of_the_application()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(redis.Connection);
        await using Member first = await Member.StartAsync(redis);
        await using (Member second = await Member.StartAsync(services => services
            .AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(redis.Connection))
            .AddApiJwtRedis<SessionJwt>(provider => provider.GetRequiredService<IConnectionMultiplexer>())))
        {
            IssuedToken token = first.Issue();
            first.Revoke(token);
            await second.RefusesAsync(token);
        }

        await using (await Member.StartAsync(services => services.AddApiJwtRedis<SessionJwt>(_ => connection)))
        {
        }

        (await connection.GetDatabase().PingAsync()).Should().BePositive("the application disposes its own connection");
    }

    [Fact]
    public async Task The_later_of_two_concurrent_revocations_of_a_subject_counts()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using Member first = await Member.StartAsync(redis);
        await using Member second = await Member.StartAsync(redis);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();

        await Task.WhenAll(
            Task.Run(() => first.Jwt.Revocations.RevokeSubject("ann", now.AddMinutes(-5)), TestContext.Current.CancellationToken),
            Task.Run(() => second.Jwt.Revocations.RevokeSubject("ann", now.AddHours(-5)), TestContext.Current.CancellationToken));

        await using Member late = await Member.StartAsync(redis);
        await Soon.ItIsTrueAsync(() => new[] { first, second, late }.All(member =>
            member.Jwt.Revocations.Entries.SingleOrDefault()?.IssuedBefore is { } before && (before - now.AddMinutes(-5)).Duration() < TimeSpan.FromMilliseconds(2)));
    }

    /// <summary>Services ignore an entry with a time in the future, so it must not replace the earlier entry.</summary>
    [Fact]
    public async Task A_revocation_by_a_clock_that_is_ahead_does_not_replace_an_earlier_one()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using Member first = await Member.StartAsync(redis);
        await using Member ahead = await Member.StartAsync(services => services
            .AddSingleton(new SessionJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, TimeProvider = new ClockAhead() }))
            .AddApiJwtRedis<SessionJwt>(redis.Connection));
        IssuedToken token = first.Issue();
        first.Jwt.Revocations.RevokeSubject("ann");
        await ahead.RefusesAsync(token);

        ahead.Jwt.Revocations.RevokeSubject("ann");
        await redis.HasEntriesAsync(2);

        await using Member late = await Member.StartAsync(redis);
        late.FailureOf(token).Should().Be(TokenFailure.Revoked);
    }

    [Fact]
    public async Task Repeated_revocations_of_a_subject_make_no_service_read_the_whole_list()
    {
        const int Tokens = 10_000;
        await using RedisServer redis = await RedisServer.StartAsync();
        await using Member first = await Member.StartAsync(redis);
        await using Member second = await Member.StartAsync(redis);
        for (int i = 0; i < Tokens; i++)
            first.Jwt.Revocations.RevokeToken($"{i}", TimeProvider.System.GetUtcNow().AddHours(1));
        await Soon.ItIsTrueAsync(() => second.Jwt.Revocations.Count == Tokens);
        DateTimeOffset start = TimeProvider.System.GetUtcNow().AddHours(-1);
        long sent = await BytesAsync();

        for (int i = 0; i < 30; i++)
        {
            first.Jwt.Revocations.RevokeSubject("ann", start.AddMinutes(i));
            await Soon.ItIsTrueAsync(() => second.Jwt.Revocations.Entries.Any(entry => entry.IssuedBefore >= start.AddMinutes(i)));
        }

        // The whole list takes about 400,000 bytes for each service, and may be read once a minute.
        (await BytesAsync() - sent).Should().BeLessThan(3_000_000);

        async Task<long> BytesAsync() => long.Parse((await redis.AskAsync("INFO", "stats")).Split("total_net_output_bytes:")[1].Split('\r', '\n')[0], CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Each_class_has_its_own_list()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using Member member = await Member.StartAsync(redis);
        member.Jwt.Revocations.RevokeSubject("ann");
        await redis.HasEntriesAsync(1);

        await using Member other = await Member.StartAsync(services => services
            .AddSingleton(new OtherJwt(TestKeys.Issuing))
            .AddApiJwtRedis<SessionJwt>(redis.Connection)
            .AddApiJwtRedis<OtherJwt>(redis.Connection));

        other.Jwt.Revocations.Count.Should().Be(1);
        (await redis.AskAsync("KEYS", "apijwt:{OtherJwt}:*")).Should().BeEmpty();
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Services_with_different_instance_names_share_nothing(bool isByConnectionString)
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(redis.Connection);
        void Share(IServiceCollection services) => _ = isByConnectionString
            ? services.AddApiJwtRedis<SessionJwt>(redis.Connection, "staging:")
            : services.AddApiJwtRedis<SessionJwt>(_ => connection, "staging:");
        await using Member production = await Member.StartAsync(redis);
        await using Member staging = await Member.StartAsync(Share);
        await using Member other = await Member.StartAsync(Share);

        IssuedToken token = staging.Issue();
        staging.Jwt.Revocations.RevokeSubject("ann");
        await other.RefusesAsync(token);

        (await redis.AskAsync("KEYS", "*")).Split('\n').Should().OnlyContain(key => key.StartsWith("staging:apijwt:{SessionJwt}:", StringComparison.Ordinal));
        production.FailureOf(token).Should().Be(TokenFailure.None);
    }

    private sealed class ClockAhead : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddMinutes(10);
    }

    private sealed class OtherJwt(ApiJwtOptions options) : ApiJwt(options);
}
