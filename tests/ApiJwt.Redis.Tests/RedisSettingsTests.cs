namespace Hudya.Tests.Redis;

public class RedisSettingsTests
{
    private const string Secret = "hunter2-and-more";

    [Theory]
    [InlineData($"localhost:6379,password={Secret},{Secret}=1")]
    [InlineData($"localhost:6379,password={Secret},connectTimeout={Secret}")]
    [InlineData($"password={Secret}")]
    public void A_connection_string_that_cannot_be_read_is_not_repeated(string connection)
    {
        Action call = () => new ServiceCollection().AddApiJwtRedis<SessionJwt>(connection);

        call.Should().Throw<ArgumentException>().Which.ToString().Should().Contain("connection string").And.NotContain(Secret);
    }

    [Fact]
    public async Task A_wrong_password_is_a_fault_that_does_not_contain_it()
    {
        await using RedisServer redis = await RedisServer.StartAsync("--requirepass", "right");
        await using Member member = await Member.StartAsync(services => services.AddApiJwtRedis<SessionJwt>($"{redis.Connection},password={Secret}"));

        await Soon.ItIsTrueAsync(() => member.Redis.Fault is not null);
        member.Redis.Fault.Should().Be("cannot be reached (AuthenticationFailure)");
        member.FailureOf(member.Issue()).Should().Be(TokenFailure.RevocationsUnavailable);
        member.Log.Lines.Should().Contain(line => line.StartsWith("Error:", StringComparison.Ordinal)).And.NotContain(line => line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_line_of_the_log_has_a_subject_or_the_id_of_a_token()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using Member member = await Member.StartAsync(redis);
        IssuedToken token = member.Issue("user@domain.com");
        member.Revoke(token);
        member.Jwt.Revocations.RevokeSubject("user@domain.com");
        await redis.KillAsync();
        await Soon.ItIsTrueAsync(() => member.Redis.Fault is not null);

        string[] secrets = ["user@domain.com", token.TokenId!, token.Text, member.Jwt.Revocations.Entries.Single(entry => entry.SubjectHash is not null).SubjectHash!];
        member.Log.Lines.Should().HaveCountGreaterThan(3).And.NotContain(line => secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public void Sharing_a_list_twice_is_refused()
    {
        Action call = () => new ServiceCollection().AddApiJwtRedis<SessionJwt>("localhost").AddApiJwtRedis<SessionJwt>("elsewhere");

        call.Should().Throw<InvalidOperationException>().WithMessage("*AddApiJwtRedis<SessionJwt> once*");
    }

    [Fact]
    public void An_empty_instance_name_is_refused_because_a_setting_may_be_missing()
    {
        Action[] calls =
        [
            () => new ServiceCollection().AddApiJwtRedis<SessionJwt>("localhost", instanceName: ""),
            () => new ServiceCollection().AddApiJwtRedis<SessionJwt>(provider => provider.GetRequiredService<IConnectionMultiplexer>(), instanceName: " "),
        ];

        calls.Should().AllSatisfy(call => call.Should().Throw<ArgumentException>().WithParameterName("instanceName"));
    }

    [Fact]
    public async Task A_class_that_is_not_registered_is_named_at_start()
    {
        Func<Task> start = () => Member.StartAsync(services => services.AddApiJwtRedis<UnknownJwt>("localhost"));

        await start.Should().ThrowAsync<InvalidOperationException>().WithMessage("UnknownJwt is not registered.*");
    }

    private sealed class UnknownJwt(ApiJwtOptions options) : ApiJwt(options);
}
