using System.Collections.Frozen;
using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace ApiJwts;

/// <summary>The claims of a token to issue. Only <see cref="Subject"/> is required; <see langword="null"/> selects the policy's default.</summary>
/// <remarks>Immutable and thread-safe: collections are copied. A token is signed but not encrypted, so it must not contain secrets.</remarks>
public sealed class TokenRequest
{
    private static readonly FrozenDictionary<string, ClaimValue> NoExtras = FrozenDictionary<string, ClaimValue>.Empty;

    private readonly TimeSpan? _timeToLive;
    private readonly ReadOnlyCollection<string>? _scopes;
    private readonly IReadOnlyDictionary<string, ClaimValue> _extras = NoExtras;

    /// <summary>The subject (<c>sub</c>): a non-empty id.</summary>
    public required string Subject { get; init; }

    /// <summary>The policy key, which determines the issuer (<c>iss</c>) and the allowed scopes; <c>user</c> by default.</summary>
    public string? Key { get; init; }

    /// <summary>The authentication level (<c>level</c>); 0.0 by default.</summary>
    public double? Level { get; init; }

    /// <summary>The authentication factor (<c>factor</c>), such as <c>password</c> or <c>yubikey</c>; empty by default.</summary>
    public string? Factor { get; init; }

    /// <summary>The id that the scopes apply to (<c>target</c>), if it is not the subject; empty by default.</summary>
    public string? Target { get; init; }

    /// <summary>The scopes (<c>scopes</c>); none by default.</summary>
    public IReadOnlyCollection<string>? Scopes
    {
        get => _scopes;
        init => _scopes = value is null ? null : Array.AsReadOnly(value.ToArray());
    }

    /// <summary>Whether the subject may be tracked (<c>dnt</c>); <see cref="ApiJwts.DoNotTrack.Normal"/> by default.</summary>
    public DoNotTrack? DoNotTrack { get; init; }

    /// <summary>The audience (<c>aud</c>); <see cref="ApiJwtOptions.Audience"/> by default.</summary>
    /// <remarks>If the policy called <see cref="PayloadPolicy.AllowAudiences"/>, it must be one of those audiences.</remarks>
    public string? Audience { get; init; }

    /// <summary>
    /// The lifetime of the token: 1 second to <see cref="ApiJwtOptions.MaxTimeToLive"/>, <see cref="ApiJwtOptions.TimeToLive"/> by default. The
    /// expiry is rounded down to a whole second.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1 second. To get an expired token in a test, set <see cref="ApiJwtOptions.TimeProvider"/> to a fake clock.</exception>
    public TimeSpan? TimeToLive
    {
        get => _timeToLive;
        init => _timeToLive = value is null || value >= TimeSpan.FromSeconds(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(TimeToLive), value, "TokenRequest.TimeToLive must be 1 second or more. For an expired token in a test, set ApiJwtOptions.TimeProvider to a fake clock.");
    }

    /// <summary>The values of extras that <see cref="PayloadPolicy.AllowExtra"/> declared, by claim name; empty by default.</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, ClaimValue> Extras
    {
        get => _extras;
        // Deserializers set null for a JSON null.
        init => _extras = value is null ? NoExtras : new ReadOnlyDictionary<string, ClaimValue>(new Dictionary<string, ClaimValue>(value, StringComparer.Ordinal));
    }
}
