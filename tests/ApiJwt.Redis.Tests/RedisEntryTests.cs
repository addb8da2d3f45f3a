using System.Globalization;

namespace Hudya.Tests.Redis;

public class RedisEntryTests
{
    private const string Entries = "apijwt:{SessionJwt}:revocations";
    private const string Expiries = "apijwt:{SessionJwt}:expiries";
    private const string Subjects = "apijwt:{SessionJwt}:subjects";

    [Fact]
    public async Task Redis_contains_the_hash_of_a_subject_instead_of_its_name()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using Member member = await Member.StartAsync(redis);

        member.Jwt.Revocations.RevokeSubject("user@domain.com");
        await redis.HasEntriesAsync(1);

        (await redis.AskAsync("ZRANGE", Entries, "0", "-1")).Should().NotContain("domain").And.EndWith(member.Jwt.Revocations.Entries.Single().SubjectHash);
    }

    [Fact]
    public async Task Revoking_a_subject_or_all_tokens_repeatedly_keeps_one_entry_each()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using Member first = await Member.StartAsync(redis);
        await using Member shorter = await Member.StartAsync(services => services
            .AddSingleton(new SessionJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, MaxTimeToLive = TimeSpan.FromHours(2) }))
            .AddApiJwtRedis<SessionJwt>(redis.Connection));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();

        foreach (int minute in (int[])[9, 8, 7, 6, 5])
        {
            first.Jwt.Revocations.RevokeSubject("ann", now.AddMinutes(-minute));
            await Soon.ItIsTrueAsync(() => Of(shorter, isSubject: true)?.IssuedBefore >= now.AddMinutes(-minute));
            first.Jwt.Revocations.RevokeAll(now.AddMinutes(-minute));
            await Soon.ItIsTrueAsync(() => Of(shorter, isSubject: false)?.IssuedBefore >= now.AddMinutes(-minute));
        }

        // An older time has no effect, and a service with a shorter time to live must not shorten the life of an entry.
        first.Jwt.Revocations.RevokeSubject("ann", now.AddMinutes(-20));
        shorter.Jwt.Revocations.RevokeSubject("ann", now.AddMinutes(-1));
        await Soon.ItIsTrueAsync(() => Of(first, isSubject: true)?.IssuedBefore >= now.AddMinutes(-1));

        foreach ((string command, string key) in ((string, string)[])[("ZCARD", Entries), ("ZCARD", Expiries), ("HLEN", Subjects)])
            (await redis.AskAsync(command, key)).Should().Be("2");
        await using Member late = await Member.StartAsync(redis);
        Of(late, isSubject: true)!.Should().BeEquivalentTo(new { IssuedBefore = now.AddMinutes(-1), ExpiresAt = now.AddMinutes(-5).AddDays(366) }, options => options
            .Using<DateTimeOffset>(moment => moment.Subject.Should().BeCloseTo(moment.Expectation, TimeSpan.FromMilliseconds(2))).WhenTypeIs<DateTimeOffset>());

        static Revocation? Of(Member member, bool isSubject) => member.Jwt.Revocations.Entries.SingleOrDefault(entry => entry.SubjectHash is not null == isSubject);
    }

    /// <summary>The time of a user's last change of the password, for example, may have its default value.</summary>
    [Fact]
    public async Task An_entry_with_a_time_before_1970_holds_up_no_other_entry()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using Member first = await Member.StartAsync(redis);
        await using Member second = await Member.StartAsync(redis);
        IssuedToken token = first.Issue();

        first.Jwt.Revocations.RevokeSubject("bob", default);
        first.Jwt.Revocations.RevokeToken("of long ago", default);
        first.Revoke(token);

        await second.RefusesAsync(token);
    }

    [Fact]
    public async Task Every_Redis_key_expires_with_the_last_token_that_it_concerns()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using Member member = await Member.StartAsync(redis);
        DateTimeOffset end = TimeProvider.System.GetUtcNow().AddHours(2);

        member.Jwt.Revocations.RevokeToken("long", end);
        member.Jwt.Revocations.RevokeToken("short", end.AddHours(-1));
        member.Jwt.Revocations.RevokeSubject("ann", end.AddDays(-366));
        await redis.HasEntriesAsync(3);

        string[] keys = (await redis.AskAsync("KEYS", "*")).Split('\n');
        keys.Should().BeEquivalentTo(Entries, Expiries, Subjects);
        // Five minutes are added for the largest clock skew.
        foreach (string key in keys)
            (await EndOfAsync(redis, key)).Should().BeCloseTo(end.AddMinutes(5), TimeSpan.FromSeconds(1));

        // A Redis that is out of memory may evict one of the keys.
        await redis.AskAsync("DEL", Expiries);
        member.Jwt.Revocations.RevokeToken("shorter", end.AddHours(-1));
        await redis.HasEntriesAsync(4);

        (await EndOfAsync(redis, Entries)).Should().BeCloseTo(end.AddMinutes(5), TimeSpan.FromSeconds(1), "an entry must not expire before its token");
    }

    [Fact]
    public async Task An_expired_entry_is_removed_when_the_next_one_is_added()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using Member member = await Member.StartAsync(redis);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        member.Jwt.Revocations.RevokeToken("short", now.AddMinutes(-5).AddSeconds(1));
        member.Jwt.Revocations.RevokeToken("long", now.AddHours(1));
        await redis.HasEntriesAsync(2);

        await Task.Delay(1000, TestContext.Current.CancellationToken);
        member.Jwt.Revocations.RevokeToken("other", now.AddHours(1));

        await Soon.ItIsTrueAsync(() => redis.AskAsync("ZRANGE", Entries, "0", "-1").GetAwaiter().GetResult() is var members
            && members.EndsWith("other", StringComparison.Ordinal) && !members.Contains("short", StringComparison.Ordinal));
        (await redis.AskAsync("ZCARD", Expiries)).Should().Be("2");
    }

    [Fact]
    public async Task Entries_of_another_version_are_ignored_and_logged_once()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        foreach (string entry in (string[])["z 1 2", "s 1 2 too-short", "t soon id", "t 99999999999999999 id", ""])
            await redis.AskAsync("ZADD", Entries, "1", entry);

        await using Member member = await Member.StartAsync(redis);

        member.FailureOf(member.Issue()).Should().Be(TokenFailure.None);
        member.Jwt.Revocations.Count.Should().Be(0);
        member.Log.Lines.Where(line => line.StartsWith("Warning:", StringComparison.Ordinal)).Should().ContainSingle().Which.Should().Contain("a format that this version does not know");
    }

    private static async Task<DateTimeOffset> EndOfAsync(RedisServer redis, string key) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(await redis.AskAsync("PEXPIRETIME", key), CultureInfo.InvariantCulture));
}
