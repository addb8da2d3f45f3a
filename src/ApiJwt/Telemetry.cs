using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Text.Json;

namespace ApiJwts;

/// <summary>The meter and the activity source <c>ApiJwt</c>. No tag has a value that comes from a token or from a caller.</summary>
internal sealed class Telemetry
{
    private const string Name = "ApiJwt";
    private const string PolicyKeyTag = "apijwt.key";
    private const string OutcomeTag = "apijwt.outcome";
    private const string SourceTag = "apijwt.source";
    private const string ClassTag = "apijwt.class";

    private static readonly ActivitySource Source = new(Name);

    // Computed once: a decode from the cache allocates nothing.
    private static readonly string[] Outcomes =
        Array.ConvertAll(Enum.GetNames<TokenFailure>(), failure => failure == nameof(TokenFailure.None) ? "valid" : JsonNamingPolicy.SnakeCaseLower.ConvertName(failure));

    private readonly Counter<long>? _issued;
    private readonly Counter<long>? _decodes;
    private readonly Counter<long>? _cacheHits;

    [SuppressMessage("Reliability", "CA2000", Justification = "The factory owns the meters that it creates.")]
    public Telemetry(IMeterFactory? factory, string className, KeyRing keyRing, RevocationList revocations)
    {
        // The class is a tag of the meter: unlike a tag of each measurement, it has no cost per measurement.
        Meter? meter = factory?.Create(new MeterOptions(Name) { Tags = [new(ClassTag, className)] });
        _issued = meter?.CreateCounter<long>("apijwt.tokens.issued", "{token}", "Tokens issued, by policy key.");
        _decodes = meter?.CreateCounter<long>("apijwt.decodes", "{decode}", "Tokens decoded, by outcome: valid, or the reason for the refusal.");
        _cacheHits = meter?.CreateCounter<long>("apijwt.cache.hits", "{decode}", "Decodes answered from the cache of verified tokens.");
        meter?.CreateObservableGauge("apijwt.key_set.age", () => Ages(keyRing), "s", "Time since the key set was last fetched. No value before the first fetch.");
        meter?.CreateObservableUpDownCounter<long>("apijwt.revocations.entries", () => revocations.Count, "{entry}", "Entries in the list of revoked tokens.");
        meter?.CreateObservableGauge("apijwt.revocations.age", () => Ages(revocations), "s", "Time since each source of revoked tokens was last loaded. No value before the first load.");
    }

    /// <summary>Starts an activity; <see langword="null"/> if no listener is registered.</summary>
    public static Activity? Start(string name) => Source.StartActivity(name);

    public void Issued(string policyKey, Activity? activity)
    {
        activity?.SetTag(PolicyKeyTag, policyKey);
        _issued?.Add(1, new KeyValuePair<string, object?>(PolicyKeyTag, policyKey));
    }

    public void Decoded(TokenFailure failure, Activity? activity)
    {
        string outcome = Outcomes[(int)failure];
        activity?.SetTag(OutcomeTag, outcome);
        _decodes?.Add(1, new KeyValuePair<string, object?>(OutcomeTag, outcome));
    }

    public void CacheHit() => _cacheHits?.Add(1);

    private static IEnumerable<Measurement<double>> Ages(KeyRing keyRing) =>
        keyRing.Fetcher?.Age is { } age ? [new Measurement<double>(age.TotalSeconds)] : [];

    private static IEnumerable<Measurement<double>> Ages(RevocationList revocations) =>
        from source in revocations.Sources
        let age = source.Age
        where age is not null
        select new Measurement<double>(age.Value.TotalSeconds, new KeyValuePair<string, object?>(SourceTag, source.Name));
}
