using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Revoking;

/// <summary>Tests the list of revocations as a signed document.</summary>
public sealed class RevocationDocumentTests : IDisposable
{
    private readonly FakeTimeProvider _clock = Clock.Standing();
    private readonly AuthServer _server = new();
    private readonly PlainJwt _auth;

    public RevocationDocumentTests() => _auth = new PlainJwt(Clock.Issuing(_clock));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, Action<RevocationList, DateTimeOffset>> Entries => new()
    {
        { "nothing", (_, _) => { } },
        { "a token", (list, now) => list.RevokeToken("f81d4fae", now.AddMinutes(10)) },
        { "a token with an id of every script", (list, now) => list.RevokeToken("\"\\ 日本語 😀 \0", now.AddMinutes(10)) },
        { "a token whose expiry is not known", (list, _) => list.RevokeToken("f81d4fae", DateTimeOffset.MaxValue) },
        { "a token that expires in a fraction of a second", (list, now) => list.RevokeToken("f81d4fae", now.AddSeconds(10).AddTicks(1)) },
        { "a subject", (list, _) => list.RevokeSubject("ann") },
        { "a subject before a moment", (list, now) => list.RevokeSubject("ann", now.AddHours(-1).AddTicks(1)) },
        { "everybody", (list, _) => list.RevokeAll() },
        {
            "all of them", (list, now) =>
            {
                list.RevokeToken("1", now.AddMinutes(1));
                list.RevokeToken("2", now.AddMinutes(2));
                list.RevokeSubject("1");
                list.RevokeSubject("all");
                list.RevokeAll(now.AddMinutes(-3));
            }
        },
    };

    [Theory]
    [MemberData(nameof(Entries))]
    public async Task A_list_arrives_as_it_was_written(string what, Action<RevocationList, DateTimeOffset> revoke)
    {
        revoke(_auth.Revocations, _clock.GetUtcNow());

        PlainJwt api = await FollowerOfAsync(await _auth.Revocations.ToDocumentAsync(Cancel));

        api.Revocations.Sources.Single().Fault.Should().BeNull(what);
        // The document has whole milliseconds, rounded up.
        api.Revocations.Entries.Should().BeEquivalentTo(
            _auth.Revocations.Entries,
            options => options.Using<DateTimeOffset>(moment => Milliseconds(moment.Subject).Should().Be(Milliseconds(moment.Expectation))).WhenTypeIs<DateTimeOffset>());
    }

    [Fact]
    public async Task A_document_has_a_header_and_dates_of_its_own()
    {
        _auth.Revocations.RevokeToken("f81d4fae", _clock.GetUtcNow().AddMinutes(10));
        _auth.Revocations.RevokeSubject("ann");

        string document = await _auth.Revocations.ToDocumentAsync(Cancel);

        Wire.HeaderOf(document).Should().Be($$"""{"alg":"RS256","kid":"{{TestKeys.Ours.KeyId}}","typ":"apijwt-revocations\u002Bjwt"}""");
        // The list is public, so it contains the SHA-256 of 'ann' instead of the name.
        Wire.ShouldCarry(document, $$$"""
            {"iat":{{{Clock.Start}}},"exp":{{{Clock.Start + 300}}},"ttl":5,"tokens":{"f81d4fae":{{{Clock.Start + 600}}}},"subjects":{"SZFeDX1LQC4wF9AQvBwOg8rGx5fWwW5mNA_jJoaTpqE":[{{{Clock.Start}}},{{{Clock.Start + (366 * 86400)}}}]}}
            """);
    }

    [Fact]
    public async Task A_document_is_signed_again_only_after_a_change_or_a_minute()
    {
        string first = await _auth.Revocations.ToDocumentAsync(Cancel);
        _clock.Advance(TimeSpan.FromSeconds(59));
        (await _auth.Revocations.ToDocumentAsync(Cancel)).Should().Be(first);

        _auth.Revocations.RevokeSubject("ann");
        string second = await _auth.Revocations.ToDocumentAsync(Cancel);
        second.Should().NotBe(first);
        _auth.Revocations.RevokeSubject("ann", _clock.GetUtcNow().AddHours(-1));
        (await _auth.Revocations.ToDocumentAsync(Cancel)).Should().Be(second, "revoking a token again changes nothing");

        _auth.Keys.Rotate(TestKeys.Second.PrivateKeyPem);
        string third = await _auth.Revocations.ToDocumentAsync(Cancel);
        Wire.HeaderOf(third).Should().Contain(TestKeys.Second.KeyId);

        _clock.Advance(TimeSpan.FromSeconds(60));
        string fourth = await _auth.Revocations.ToDocumentAsync(Cancel);
        fourth.Should().NotBe(third);
        _clock.AdjustTime(_clock.GetUtcNow().AddHours(-1));
        (await _auth.Revocations.ToDocumentAsync(Cancel)).Should().NotBe(fourth, "the clock was set back");
    }

    [Fact]
    public async Task A_service_without_a_private_key_cannot_make_a_document()
    {
        Func<Task> make = async () => await new PlainJwt(TestKeys.Verifying).Revocations.ToDocumentAsync(Cancel);

        await make.Should().ThrowExactlyAsync<ApiJwtException>().WithMessage("There is no private key*");
    }

    [Fact]
    public async Task A_half_full_document_is_logged_and_one_that_would_be_too_long_is_refused()
    {
        var logger = new RecordingLogger();
        RevocationList list = new PlainJwt(Clock.Issuing(_clock), logger: logger).Revocations;
        foreach ((int upTo, int warnings) in (IEnumerable<(int, int)>)[(31, 0), (33, 1), (62, 1)])
        {
            while (list.Count < upTo)
                list.RevokeToken(new string('x', 100_000) + list.Count, DateTimeOffset.MaxValue);
            await list.ToDocumentAsync(Cancel);
            logger.Entries.Where(entry => entry.Event.Id == 13).Should().HaveCount(warnings, "the list has {0} entries", upTo);
        }

        logger.Entries.Last(entry => entry.Event.Id == 13).Text.Should().StartWith("The list of revoked tokens has 33 entries and fills 52 % of the longest document.");
        for (int i = 0; i < 3; i++)
            list.RevokeToken(new string('y', 100_000) + i, DateTimeOffset.MaxValue);
        Func<Task> make = async () => await list.ToDocumentAsync(Cancel);
        await make.Should().ThrowExactlyAsync<ApiJwtException>().WithMessage("*65 entries*8388608 bytes*Revoke all tokens of a subject, or all tokens*");
    }

    [Fact]
    public async Task A_signer_elsewhere_can_sign_a_document()
    {
        using var signer = new ElsewhereSigner(TestKeys.Ours);
        signer.Sign = async (input, cancel) =>
        {
            await Task.Delay(1, cancel);
            return signer.SignNow(input);
        };
        var auth = new PlainJwt(new ApiJwtOptions { Signer = signer, TimeProvider = _clock });
        auth.Revocations.RevokeSubject("ann");

        (await FollowerOfAsync(await auth.Revocations.ToDocumentAsync(Cancel))).Revocations.Count.Should().Be(1);

        auth.Revocations.RevokeSubject("bob");
        signer.Sign = (_, _) => throw new TimeoutException();
        Func<Task> make = async () => await auth.Revocations.ToDocumentAsync(Cancel);
        await make.Should().ThrowAsync<TokenSigningException>();
    }

    /// <summary>Anyone can request the document, and a key vault limits its requests.</summary>
    [Fact]
    public async Task A_document_is_signed_once_for_all_concurrent_requests()
    {
        using var signer = new ElsewhereSigner(TestKeys.Ours);
        var begun = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        signer.Sign = async (input, _) =>
        {
            begun.TrySetResult();
            await gate.Task;
            return signer.SignNow(input);
        };
        RevocationList list = new PlainJwt(new ApiJwtOptions { Signer = signer, TimeProvider = _clock }).Revocations;
        using var leaving = new CancellationTokenSource();

        Task<string> gone = list.ToDocumentAsync(leaving.Token).AsTask();
        Task<string>[] early = [.. Enumerable.Range(0, 50).Select(_ => list.ToDocumentAsync(Cancel).AsTask())];
        await leaving.CancelAsync();
        await begun.Task;
        list.RevokeSubject("ann");
        Task<string>[] late = [.. Enumerable.Range(0, 50).Select(_ => list.ToDocumentAsync(Cancel).AsTask())];
        gate.SetResult();

        (await Task.WhenAll(early)).Distinct().Should().ContainSingle();
        (await Task.WhenAll(late)).Distinct().Should().ContainSingle().Which.Should().NotBe(await early[0], "the new document contains the revocation");
        await gone.Invoking(it => it).Should().ThrowAsync<OperationCanceledException>();
        signer.Inputs.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_signer_that_hangs_does_not_prevent_a_later_document()
    {
        using var signer = new ElsewhereSigner(TestKeys.Ours);
        var never = new TaskCompletionSource<byte[]>();
        signer.Sign = (_, _) => new(never.Task);
        RevocationList list = new PlainJwt(new ApiJwtOptions { Signer = signer, TimeProvider = _clock }).Revocations;
        Func<Task> make = async () => await list.ToDocumentAsync(Cancel);

        (await make.Should().ThrowExactlyAsync<TokenSigningException>().WithMessage("*was not signed within 10 seconds*")).Which.Fault.Should().Be(TokenSigningFault.TimedOut);

        signer.Sign = (input, _) => new(signer.SignNow(input));
        (await list.ToDocumentAsync(Cancel)).Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("apijwt-revocations+jwt"), InlineData("application/ApiJwt-Revocations+JWT")]
    public void A_token_cannot_have_the_type_of_a_document(string type)
    {
        ApiJwtOptions written = TestKeys.Issuing;
        written.TokenType = type;
        ApiJwtOptions accepted = TestKeys.Issuing;
        accepted.AcceptedTokenTypes.Add(type);

        FluentActions.Invoking(() => new PlainJwt(written)).Should().ThrowExactly<ApiJwtException>().WithMessage("ApiJwtOptions.TokenType must*");
        FluentActions.Invoking(() => new PlainJwt(accepted)).Should().ThrowExactly<ApiJwtException>().WithMessage("ApiJwtOptions.AcceptedTokenTypes has an entry*");
    }

    public void Dispose() => _server.Dispose();

    private static long Milliseconds(DateTimeOffset moment) =>
        Math.Min(((moment.UtcTicks - DateTimeOffset.UnixEpoch.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());

    private async Task<PlainJwt> FollowerOfAsync(string document)
    {
        _server.Publish(AuthServer.Revocations, document);
        var api = new PlainJwt(_server.Connect(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, RevocationsUri = AuthServer.Revocations, TimeProvider = _clock }));
        await api.Revocations.RefreshAsync(Cancel);
        return api;
    }
}
