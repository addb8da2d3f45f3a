using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.AspNetCore;

/// <summary>Tests two classes with their own key sets, both in the default policy. A fault of one key server must not slow users of the other.</summary>
[Collection(nameof(Alone))]
public sealed class Two_providers_stand_side_by_side(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Requests = 300;

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    private AuthService _ours = null!;
    private AuthService _partners = null!;

    public enum Trouble
    {
        HangsFromTheStart,
        HangsLater,
        IsDead,
        AnswersNonsense,
    }

    public enum Manner
    {
        NameTheirKey,
        NameNoKey,
        ClaimAnIssuerThatIsSet,
    }

    public static IEnumerable<TheoryDataRow<Trouble, Manner, string>> Troubles =>
        from trouble in Enum.GetValues<Trouble>()
        from tokens in Enum.GetValues<Manner>()
        from order in (string[])["Bearer,Partner", "Partner,Bearer"]
        select new TheoryDataRow<Trouble, Manner, string>(trouble, tokens, order);

    public async ValueTask InitializeAsync()
    {
        _ours = await AuthService.StartAsync(TestKeys.Ours);
        _partners = await AuthService.StartAsync(TestKeys.Second);
    }

    public async ValueTask DisposeAsync()
    {
        await _ours.DisposeAsync();
        await _partners.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task A_fault_of_one_key_server_does_not_affect_users_of_the_other(Trouble trouble, Manner tokens, string order)
    {
        if (trouble is Trouble.HangsFromTheStart)
            _partners.Hang();
        else if (trouble is Trouble.IsDead)
            await _partners.StopAsync();
        else if (trouble is Trouble.AnswersNonsense)
            _partners.Say("no key set");
        await using GuardedApp app = await StartAsync(order, isIssuerSet: tokens == Manner.ClaimAnIssuerThatIsSet);
        if (trouble is Trouble.HangsLater)
        {
            await Soon.ItIsTrueAsync(() => app.Services.GetRequiredService<PartnerJwt>().Keys.KeyIds.Count == 1);
            _partners.Hang();
            // Starts the fetch that happens after ten minutes, or with a token of a new key.
            _ = app.Services.GetRequiredService<PartnerJwt>().Keys.RefreshAsync(GuardedApp.Cancel);
        }

        TimeSpan[] times = await AskAsync(app, i => tokens == Manner.NameTheirKey
            ? _ours.Jwt.Encode(new TokenRequest { Subject = $"ann{i}", Key = "support" })
            : Forge.Claims($$"""{"iss":"auth_support","sub":"ann{{i}}","exp":4102444800}"""));

        Count($"The partner's key server {trouble}, our tokens {tokens}, {order}", times);
        times.Should().OnlyContain(time => time < Slow);
        app.Log.Lines.Should().NotContain(line => line.Contains("Refused a token", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Bearer,Partner")]
    [InlineData("Partner,Bearer")]
    public async Task Without_a_fault_each_key_server_is_asked_once_and_no_token_is_refused(string order)
    {
        await using GuardedApp app = await StartAsync(order, isIssuerSet: false);

        TimeSpan[] times = await AskAsync(app, i => (i % 2 == 0 ? _ours : _partners).Issue());

        Count($"Both well, {order}", times);
        times.Should().OnlyContain(time => time < Slow);
        _ours.Fetches.Should().Be(1);
        _partners.Fetches.Should().Be(1);
        app.Log.Lines.Should().NotContain(line => line.Contains("Refused a token", StringComparison.Ordinal) || line.Contains("was not authenticated", StringComparison.Ordinal));
    }

    /// <summary>Until one of the two key sets has the new key, neither class knows which of them the token belongs to.</summary>
    [Theory]
    [InlineData("Bearer,Partner", false)]
    [InlineData("Partner,Bearer", false)]
    [InlineData("Partner,Bearer", true)]
    public async Task A_rotation_of_one_provider_waits_only_for_its_own_key_server(string order, bool isIssuerSet)
    {
        await using GuardedApp app = await StartAsync(order, isIssuerSet);
        await AskAsync(app, _ => _ours.Issue());
        _partners.Hang();

        _ours.Jwt.Keys.Rotate(TestKeys.Foreign.PrivateKeyPem);
        TimeSpan[] times = await AskAsync(app, _ => _ours.Issue());

        Count($"A rotation at ours while the partner's key server hangs, {order}", times);
        times.Should().OnlyContain(time => time < Slow + Slow, "the key server that works is asked once a second");
        app.Services.GetRequiredService<PartnerJwt>().Keys.FetchStatus!.Fault.Should().BeNull("requests must not wait for the key server of the partner");
    }

    [Theory]
    [InlineData("Bearer,Partner")]
    [InlineData("Partner,Bearer")]
    public async Task Users_of_the_key_server_with_a_fault_are_told_to_retry(string order)
    {
        _partners.Fail(HttpStatusCode.InternalServerError);
        await using GuardedApp app = await StartAsync(order, isIssuerSet: false);

        HttpResponseMessage answer = await app.GetAsync("/", _partners.Issue());

        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.Should().NotBeNull();
        answer.Headers.WwwAuthenticate.Should().BeEmpty();
        (await answer.Content.ReadAsStringAsync(GuardedApp.Cancel)).Should().Contain("Tokens cannot be verified at the moment.");
    }

    [Theory]
    [InlineData("Bearer,Partner", false)]
    [InlineData("Partner,Bearer", true)]
    public async Task A_token_of_an_unknown_key_is_refused_by_both_classes(string order, bool isIssuerSet)
    {
        await using GuardedApp app = await StartAsync(order, isIssuerSet);

        (await app.GetAsync("/", Forge.Sign(Forge.Rs256Header, Forge.GoodPayload, TestKeys.ForeignKey))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await app.GetAsync("/", "no token")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    /// <summary>A key set can give a key any id, including the id of our next key.</summary>
    [Theory]
    [InlineData("Bearer,Partner")]
    [InlineData("Partner,Bearer")]
    public async Task Our_tokens_are_accepted_if_the_other_key_set_uses_the_id_of_our_key(string order)
    {
        _partners.Say(_partners.Jwt.Keys.ToJwks().Replace(TestKeys.Second.KeyId, TestKeys.Foreign.KeyId, StringComparison.Ordinal));
        await using GuardedApp app = await StartAsync(order, isIssuerSet: false);
        await AskAsync(app, _ => _ours.Issue());

        _ours.Jwt.Keys.Rotate(TestKeys.Foreign.PrivateKeyPem);

        (await app.GetAsync("/", _ours.Issue())).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static async Task<TimeSpan[]> AskAsync(GuardedApp app, Func<int, string> token)
    {
        var times = new TimeSpan[Requests];
        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = 10, CancellationToken = GuardedApp.Cancel }, async (i, _) =>
        {
            string bearer = token(i % 20);
            long begun = TimeProvider.System.GetTimestamp();
            HttpStatusCode answer = (await app.GetAsync("/", bearer)).StatusCode;
            times[i] = TimeProvider.System.GetElapsedTime(begun);
            answer.Should().Be(HttpStatusCode.OK);
        });
        return times;
    }

    private void Count(string what, TimeSpan[] times) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: {times.Length} requests, {times.Count(time => time > Slow)} slower than a second, the slowest {times.Max().TotalMilliseconds:F0} ms; fetches of ours {_ours.Fetches}, of the partner's {_partners.Fetches}"));

    private Task<GuardedApp> StartAsync(string order, bool isIssuerSet) => GuardedApp.StartBareAsync(
        app => app.MapGet("/", () => "").RequireAuthorization(),
        builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("Jwt:JwksUri", _ours.KeySet.ToString()), new("Partner:JwksUri", _partners.KeySet.ToString())]);
            if (isIssuerSet)
                builder.Configuration.AddInMemoryCollection([new("Jwt:Issuers", "auth_support"), new("Partner:Issuers", "auth_partner")]);
            builder.Services.AddApiJwt<HudyaJwt>("Jwt").AddApiJwt<PartnerJwt>("Partner");
            builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>().AddApiJwt<PartnerJwt>("Partner");
            builder.Services.AddProblemDetails().AddAuthorizationBuilder()
                .SetDefaultPolicy(new AuthorizationPolicyBuilder(order.Split(',')).RequireAuthenticatedUser().Build());
        });

    private sealed class PartnerJwt : ApiJwt
    {
        public PartnerJwt(ApiJwtOptions options, ILogger<PartnerJwt>? logger = null)
            : base(options, logger) => Policy.AllowKey("support", issuer: "auth_support", scopes: ["support:mobile"]);
    }
}
