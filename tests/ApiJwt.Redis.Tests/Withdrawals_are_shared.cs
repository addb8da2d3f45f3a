namespace Hudya.Tests.Redis;

public class Withdrawals_are_shared
{
    private static readonly IReadOnlyDictionary<string, Action<Member, IssuedToken>> Ways = new Dictionary<string, Action<Member, IssuedToken>>
    {
        ["a token"] = (member, token) => member.Withdraw(token),
        ["the tokens of a subject"] = (member, _) => member.Jwt.Revocations.RevokeSubject("ann"),
        ["all tokens"] = (member, _) => member.Jwt.Revocations.RevokeAll(),
    };

    public static TheoryData<string> Withdrawals { get; } = [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(Withdrawals))]
    public async Task With_every_service_that_runs_and_every_one_that_starts(string withdrawal)
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using Member first = await Member.StartAsync(redis);
        await using Member second = await Member.StartAsync(redis);
        IssuedToken token = first.Issue();
        second.FailureOf(token).Should().Be(TokenFailure.None);

        Ways[withdrawal](first, token);

        first.FailureOf(token).Should().Be(TokenFailure.Revoked, "here it holds at once");
        await second.RefusesAsync(token);
        await using Member late = await Member.StartAsync(redis);
        late.FailureOf(token).Should().Be(TokenFailure.Revoked, "a service begins with what is in force");
    }

    [Fact]
    public async Task Through_a_connection_that_the_application_has_as_well()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(redis.Connection);
        await using Member first = await Member.StartAsync(redis);
        await using (Member second = await Member.StartAsync(services => services
            .AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(redis.Connection))
            .AddApiJwtRedis<SessionJwt>(provider => provider.GetRequiredService<IConnectionMultiplexer>())))
        {
            IssuedToken token = first.Issue();
            first.Withdraw(token);
            await second.RefusesAsync(token);
        }

        await using (await Member.StartAsync(services => services.AddApiJwtRedis<SessionJwt>(_ => connection)))
        {
        }

        (await connection.GetDatabase().PingAsync()).Should().BePositive("the application disposes its own connection");
    }

    [Fact]
    public async Task And_of_two_at_the_same_time_for_one_subject_the_later_moment_counts()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using Member first = await Member.StartAsync(redis);
        await using Member second = await Member.StartAsync(redis);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();

        await Task.WhenAll(
            Task.Run(() => first.Jwt.Revocations.RevokeSubject("ann", now.AddMinutes(-5)), TestContext.Current.CancellationToken),
            Task.Run(() => second.Jwt.Revocations.RevokeSubject("ann", now.AddHours(-5)), TestContext.Current.CancellationToken));

        await using Member late = await Member.StartAsync(redis);
        await Member.BecomesTrueAsync(() => new[] { first, second, late }.All(member =>
            member.Jwt.Revocations.Entries.SingleOrDefault()?.IssuedBefore is { } before && (before - now.AddMinutes(-5)).Duration() < TimeSpan.FromMilliseconds(2)));
    }

    [Fact]
    public async Task By_thousands_from_several_services_at_once_and_none_is_lost()
    {
        const int Each = 2000;
        await using RedisServer redis = await RedisServer.StartAsync();
        Member[] members = [await Member.StartAsync(redis), await Member.StartAsync(redis), await Member.StartAsync(redis)];

        await Task.WhenAll(members.Select((member, index) => Task.Run(() =>
        {
            for (int i = 0; i < Each; i++)
                member.Jwt.Revocations.RevokeToken($"{index}-{i}", TimeProvider.System.GetUtcNow().AddHours(1));
        })));

        await Member.BecomesTrueAsync(() => Array.TrueForAll(members, member => member.Jwt.Revocations.Count == Each * members.Length));
        foreach (Member member in members)
            await member.DisposeAsync();
    }

    [Fact]
    public async Task Each_under_the_name_of_its_class()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using Member member = await Member.StartAsync(redis);
        member.Jwt.Revocations.RevokeSubject("ann");
        await Member.BecomesTrueAsync(() => redis.AskAsync("ZCARD", "apijwt:{SessionJwt}:revocations").GetAwaiter().GetResult() == "1");

        await using Member other = await Member.StartAsync(services => services
            .AddSingleton(new OtherJwt(TestKeys.Issuing))
            .AddApiJwtRedis<SessionJwt>(redis.Connection)
            .AddApiJwtRedis<OtherJwt>(redis.Connection));

        other.Jwt.Revocations.Count.Should().Be(1);
        (await redis.AskAsync("KEYS", "apijwt:{OtherJwt}:*")).Should().BeEmpty();
    }

    private sealed class OtherJwt(ApiJwtOptions options) : ApiJwt(options);
}
