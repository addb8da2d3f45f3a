using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Redis;

/// <summary>Tests the rows of the table in the README of the package, with a real Redis server that is killed.</summary>
public class RedisFaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_Redis_is_down_revocations_stay_and_a_new_one_takes_effect_locally()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using Member first = await Member.StartAsync(redis);
        await using Member second = await Member.StartAsync(redis);
        IssuedToken before = first.Issue();
        first.Revoke(before);
        await second.RefusesAsync(before);

        await redis.KillAsync();
        await Soon.ItIsTrueAsync(() => first.Redis.Fault is not null && second.Redis.Fault is not null);
        IssuedToken meanwhile = first.Issue();
        first.Revoke(meanwhile);

        second.FailureOf(before).Should().Be(TokenFailure.Revoked);
        second.FailureOf(second.Issue("bob")).Should().Be(TokenFailure.None, "a valid token must not be refused because Redis is down");
        first.FailureOf(meanwhile).Should().Be(TokenFailure.Revoked);
        second.FailureOf(meanwhile).Should().Be(TokenFailure.None, "the second service cannot know of the revocation");
        await Soon.ItIsTrueAsync(() => second.Redis.IsOutdated);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task When_Redis_is_back_with_or_without_its_data_every_service_has_all_revocations(bool isDurable)
    {
        await using RedisServer redis = isDurable ? await RedisServer.StartDurableAsync() : await RedisServer.StartAsync();
        await using Member first = await Member.StartAsync(redis);
        await using Member second = await Member.StartAsync(redis);
        IssuedToken before = first.Issue();
        first.Revoke(before);
        await second.RefusesAsync(before);

        await redis.KillAsync();
        IssuedToken meanwhile = first.Issue();
        first.Revoke(meanwhile);
        IssuedToken elsewhere = second.Issue("bob");
        second.Jwt.Revocations.RevokeSubject("bob");
        await redis.StartAsync();

        await second.RefusesAsync(meanwhile);
        await first.RefusesAsync(elsewhere);
        await Soon.ItIsTrueAsync(() => first.Redis.Fault is null && second.Redis.Fault is null);
        await using Member late = await Member.StartAsync(redis);
        foreach (IssuedToken token in (IssuedToken[])[before, meanwhile, elsewhere])
            await late.RefusesAsync(token);
    }

    [Fact]
    public async Task A_durable_Redis_keeps_revocations_when_every_service_has_stopped()
    {
        await using RedisServer redis = await RedisServer.StartDurableAsync();
        IssuedToken token;
        await using (Member first = await Member.StartAsync(redis))
        {
            token = first.Issue();
            first.Revoke(token);
            // A regular stop sends pending revocations first.
            await first.StopAsync();
        }

        await redis.KillAsync();
        await redis.StartAsync();

        await using Member next = await Member.StartAsync(redis);
        next.FailureOf(token).Should().Be(TokenFailure.Revoked);
    }

    [Fact]
    public async Task A_service_that_starts_without_Redis_refuses_all_tokens_until_Redis_is_back()
    {
        await using RedisServer redis = await RedisServer.StartDurableAsync();
        IssuedToken revoked;
        IssuedToken good;
        await using (Member first = await Member.StartAsync(redis))
        {
            (revoked, good) = (first.Issue(), first.Issue("bob"));
            first.Revoke(revoked);
        }

        await redis.KillAsync();
        await using Member late = await Member.StartAsync(redis);

        late.FailureOf(good).Should().Be(TokenFailure.RevocationsUnavailable);
        await redis.StartAsync();
        await Soon.ItIsTrueAsync(() => late.FailureOf(good) == TokenFailure.None);
        late.FailureOf(revoked).Should().Be(TokenFailure.Revoked, "the first load contains all revocations");
    }

    [Fact]
    public async Task A_connection_that_the_application_fails_to_make_is_retried_even_if_its_logger_throws()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        int calls = 0;
        await using Member member = await Member.StartAsync(services => services
            .AddLogging(logging => logging.AddProvider(new BrokenLogger()).AddFilter<BrokenLogger>(level => level == LogLevel.Error))
            .AddApiJwtRedis<SessionJwt>(_ => ++calls > 1 ? ConnectionMultiplexer.Connect(redis.Connection) : throw new InvalidOperationException("The application failed.")));

        IssuedToken token = member.Issue();
        member.FailureOf(token).Should().Be(TokenFailure.None);
        calls.Should().Be(2);
    }

    [Fact]
    public async Task A_Redis_that_does_not_answer_counts_as_down()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using Member first = await Member.StartAsync(services => services.AddApiJwtRedis<SessionJwt>($"{redis.Connection},asyncTimeout=300"));
        await using Member second = await Member.StartAsync(redis);

        await redis.PauseAsync();
        IssuedToken token = first.Issue();
        first.Revoke(token);
        await Soon.ItIsTrueAsync(() => first.Redis.Fault == "did not answer in time");
        second.FailureOf(token).Should().Be(TokenFailure.None);

        await redis.ContinueAsync();
        await second.RefusesAsync(token);
    }

    [Fact]
    public async Task A_full_Redis_is_still_followed_and_gets_the_missing_revocations_later()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using Member first = await Member.StartAsync(redis);
        await using Member second = await Member.StartAsync(redis);
        await redis.AskAsync("CONFIG", "SET", "maxmemory", "1");

        IssuedToken token = first.Issue();
        first.Revoke(token);
        await Soon.ItIsTrueAsync(() => first.Redis.Fault == "takes no entry of this service (OOM)");
        await Task.Delay(3000, Cancel);

        first.Redis.IsOutdated.Should().BeFalse("Redis still answers");
        second.Redis.Fault.Should().BeNull();
        first.Log.Lines.Where(line => line.Contains("(OOM)", StringComparison.Ordinal)).Should().ContainSingle("a state is logged once");
        await redis.AskAsync("CONFIG", "SET", "maxmemory", "0");
        await second.RefusesAsync(token);
        await Soon.ItIsTrueAsync(() => first.Redis.Fault is null);
    }

    [Fact]
    public async Task An_emptied_Redis_is_filled_again_and_still_followed()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using Member first = await Member.StartAsync(redis);
        await using Member second = await Member.StartAsync(redis);
        IssuedToken before = first.Issue();
        first.Revoke(before);
        await second.RefusesAsync(before);

        await redis.AskAsync("FLUSHALL");
        IssuedToken after = first.Issue("bob");
        first.Revoke(after);

        await second.RefusesAsync(after);
        second.FailureOf(before).Should().Be(TokenFailure.Revoked);
        await redis.HasEntriesAsync(2);
    }

    [Theory]
    [InlineData(2000, 0), InlineData(400, 10)]
    public async Task Concurrent_revocations_of_several_services_are_all_shared_even_if_Redis_is_killed_and_emptied_repeatedly(int each, int pause)
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        Member[] members = [await Member.StartAsync(redis), await Member.StartAsync(redis), await Member.StartAsync(redis)];

        Task revoking = Task.WhenAll(members.Select((member, index) => Task.Run(async () =>
        {
            for (int i = 0; i < each; i++)
            {
                member.Jwt.Revocations.RevokeToken($"{index}-{i}", TimeProvider.System.GetUtcNow().AddHours(1));
                await Task.Delay(pause, Cancel);
            }
        })));
        while (pause > 0 && !revoking.IsCompleted)
        {
            await Task.Delay(700, Cancel);
            await redis.KillAsync();
            await Task.Delay(300, Cancel);
            await redis.StartAsync();
        }

        await revoking;
        await Soon.ItIsTrueAsync(() => Array.TrueForAll(members, member => member.Jwt.Revocations.Count == each * members.Length));
        await using Member late = await Member.StartAsync(redis);
        await Soon.ItIsTrueAsync(() => late.Jwt.Revocations.Count == each * members.Length);
        foreach (Member member in members)
            await member.DisposeAsync();
    }
}
