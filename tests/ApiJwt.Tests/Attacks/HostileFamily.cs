using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Attacks;

/// <summary>Hostile tokens of one kind, and the service that decodes them.</summary>
/// <remarks>The rows of its theory are names, because some tokens are too long for a test report or contain invalid characters.</remarks>
public sealed class HostileFamily : TheoryData<string>
{
    /// <summary>The time at which every hostile token is decoded: the beginning of 2026, in seconds since 1970.</summary>
    public const long Now = 1767225600;

    private readonly Action<ApiJwtOptions>? _configure;
    private readonly Dictionary<string, HostileToken> _tokens;
    private readonly Lazy<PlainJwt> _service;

    public HostileFamily(string name, IEnumerable<HostileToken> tokens, Action<ApiJwtOptions>? configure = null)
    {
        Name = name;
        _tokens = tokens.ToDictionary(token => token.Name, StringComparer.Ordinal);
        foreach (string row in _tokens.Keys)
            Add(row);
        _configure = configure;
        _service = new Lazy<PlainJwt>(() => Service());
    }

    public string Name { get; }

    public IEnumerable<HostileToken> Tokens => _tokens.Values;

    public void ShouldRefuse(string name)
    {
        DecodeResult result = _service.Value.Decode(_tokens[name].Token);

        result.Failure.Should().Be(_tokens[name].Failure, "{0}", result.Reason);
        result.Payload.Should().BeNull();
        result.IsBad.Should().Be(result.Failure != TokenFailure.Expired);
    }

    /// <summary>A service that trusts our key and a second one, in either order.</summary>
    public PlainJwt Service(int cacheSize = 1024, bool ourKeyFirst = true, ILogger? logger = null, IMeterFactory? meters = null)
    {
        var options = new ApiJwtOptions
        {
            TimeProvider = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(Now)),
            VerifiedTokenCacheSize = cacheSize,
            MeterFactory = meters,
        };
        options.PublicKeys.Add(ourKeyFirst ? TestKeys.Ours.PublicKeyPem : TestKeys.Second.PublicKeyPem);
        options.PublicKeys.Add(ourKeyFirst ? TestKeys.Second.PublicKeyPem : TestKeys.Ours.PublicKeyPem);
        _configure?.Invoke(options);
        return new PlainJwt(options, logger: logger);
    }
}
