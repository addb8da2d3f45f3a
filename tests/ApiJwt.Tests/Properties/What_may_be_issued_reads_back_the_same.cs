using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Properties;

public class What_may_be_issued_reads_back_the_same
{
    private static readonly DateTimeOffset Now = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567);
    private static readonly double[] Levels = [0, 0.0001, 0.1, 1, 1.1, 2.5, 3, 3.1, 4, 1e5, 123456.789, 1e15, 9999999999999998];

    private static readonly Dictionary<string, string[]> ScopesOfKey = new(StringComparer.Ordinal)
    {
        ["user"] = ["user:all", "NO", "SE", "DK"],
        ["support"] = ["support:all", "support:power", "støtte:😀", "a b", "\"", "\\", "*"],
        ["admin"] = [],
    };

    private static readonly Gen<ExtraValues> Extras = Gen.Select(
        Texts.Unicode(0, 20).Null(), Gen.Long.Nullable(), Gen.Double.Where(double.IsFinite).Nullable(), Texts.Element.Array[0, 4].Null())
        .Select((text, integer, number, list) => new ExtraValues(text, integer, number, list));

    private static readonly Gen<TokenRequest> Requests =
        from key in Gen.OneOf("user", "support", "admin")
        from scopes in Gen.Shuffle(ScopesOfKey[key], 0, ScopesOfKey[key].Length)
        from subject in Texts.Unicode(1, 30)
        from factor in Texts.Unicode(0, 20).Null()
        from target in Texts.Unicode(0, 20).Null()
        from level in Gen.OneOf(Levels).Nullable()
        from doNotTrack in Gen.Enum<DoNotTrack>().Nullable()
        from timeToLive in Gen.Long[TimeSpan.TicksPerSecond, 366 * TimeSpan.TicksPerDay].Select(TimeSpan.FromTicks).Nullable()
        select new TokenRequest
        {
            Subject = subject, Key = key, Scopes = scopes, Factor = factor, Target = target, Level = level, DoNotTrack = doNotTrack, TimeToLive = timeToLive,
        };

    private readonly PlainJwt _issuing = Service(TestKeys.Issuing);
    private readonly PlainJwt _verifying = Service(TestKeys.Verifying);

    [Fact]
    public void Every_claim_of_a_request_reads_back_as_it_was_issued() => Property.Holds(Requests, request =>
    {
        DecodeResult result = _verifying.Decode(_issuing.Encode(request));

        result.IsValid.Should().BeTrue(result.Reason);
        VerifiedPayload payload = result.Payload!;
        (payload.Subject, payload.Key, payload.Issuer).Should().Be((request.Subject, request.Key, "auth_" + request.Key));
        (payload.Factor, payload.Target).Should().Be((request.Factor ?? "", request.Target ?? ""));
        (payload.Level, payload.DoNotTrack).Should().Be((request.Level ?? 0, request.DoNotTrack ?? DoNotTrack.Normal));
        payload.Scopes.Should().BeEquivalentTo(request.Scopes);
        payload.ExpiresAt.Should().Be(DateTimeOffset.FromUnixTimeSeconds((Now + (request.TimeToLive ?? TimeSpan.FromHours(1))).ToUnixTimeSeconds()));
    });

    [Fact]
    public void Every_extra_reads_back_as_it_was_issued() => Property.Holds(Extras, extras =>
    {
        VerifiedPayload payload = _verifying.Decode(_issuing.Encode(new TokenRequest { Subject = "ann", Extras = extras.Claims })).Payload!;

        (payload.GetText("text"), payload.GetInteger("integer"), payload.GetNumber("number")).Should().Be((extras.Text, extras.Integer, extras.Number));
        payload.GetList("list").Should().BeEquivalentTo(extras.List, options => options.WithStrictOrdering());
    });

    private static PlainJwt Service(ApiJwtOptions options)
    {
        options.TimeProvider = new FakeTimeProvider(Now);
        return new PlainJwt(options, policy =>
        {
            policy.AllowLevels(Levels);
            foreach ((string key, string[] scopes) in ScopesOfKey)
                policy.AllowKey(key, "auth_" + key, scopes);
            policy.AllowExtra(Extra.Text("text"));
            policy.AllowExtra(Extra.Integer("integer"));
            policy.AllowExtra(Extra.Number("number"));
            policy.AllowExtra(Extra.TextList("list"));
        });
    }

    private sealed record ExtraValues(string? Text, long? Integer, double? Number, string[]? List)
    {
        public Dictionary<string, ClaimValue> Claims => new()
        {
            ["text"] = Text,
            ["integer"] = Integer ?? default(ClaimValue),
            ["number"] = Number ?? default(ClaimValue),
            ["list"] = List,
        };
    }
}
