using System.Collections.Frozen;
using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace ApiJwts;

/// <summary>What a token is to say. Everything but <see cref="Subject"/> is optional; <see langword="null"/> takes the policy's default.</summary>
/// <remarks>Immutable and thread-safe: collections are copied. The payload of a token is signed, not encrypted: put no secret in it.</remarks>
public sealed class TokenRequest
{
    private static readonly FrozenDictionary<string, ClaimValue> NoExtras = FrozenDictionary<string, ClaimValue>.Empty;

    private readonly TimeSpan? _timeToLive;
    private readonly ReadOnlyCollection<string>? _scopes;
    private readonly IReadOnlyDictionary<string, ClaimValue> _extras = NoExtras;

    /// <summary>Who the token is for (<c>sub</c>): a non-empty id.</summary>
    public required string Subject { get; init; }

    /// <summary>The policy's key that the token is issued for, which decides <c>iss</c> and the scopes; <c>user</c> by default.</summary>
    public string? Key { get; init; }

    /// <summary>How strongly the subject authenticated (<c>level</c>); 0.0 by default.</summary>
    public double? Level { get; init; }

    /// <summary>What the subject authenticated with (<c>factor</c>), such as <c>password</c> or <c>yubikey</c>; empty by default.</summary>
    public string? Factor { get; init; }

    /// <summary>The id that the scopes concern (<c>target</c>), when it is not the subject's; empty by default.</summary>
    public string? Target { get; init; }

    /// <summary>What the token gives access to (<c>scopes</c>); nothing by default.</summary>
    public IReadOnlyCollection<string>? Scopes
    {
        get => _scopes;
        init => _scopes = value is null ? null : Array.AsReadOnly(value.ToArray());
    }

    /// <summary>Whether the subject may be tracked (<c>dnt</c>); <see cref="ApiJwts.DoNotTrack.Normal"/> by default.</summary>
    public DoNotTrack? DoNotTrack { get; init; }

    /// <summary>Whom the token is for (<c>aud</c>); <see cref="ApiJwtOptions.Audience"/> by default.</summary>
    /// <remarks>One of <see cref="PayloadPolicy.AllowAudiences"/>, if the policy names any.</remarks>
    public string? Audience { get; init; }

    /// <summary>
    /// How long the token is valid, 1 second to <see cref="ApiJwtOptions.MaxTimeToLive"/>; <see cref="ApiJwtOptions.TimeToLive"/> by default. The expiry is rounded
    /// down to a whole second.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1 second. For an expired token in a test, use a fake clock.</exception>
    public TimeSpan? TimeToLive
    {
        get => _timeToLive;
        init => _timeToLive = value is null || value >= TimeSpan.FromSeconds(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(TimeToLive), value, "TokenRequest.TimeToLive must be 1 second or more. For an expired token in a test, set ApiJwtOptions.TimeProvider to a fake clock.");
    }

    /// <summary>Values for the extras that <see cref="PayloadPolicy.AllowExtra"/> declared, by claim name; none by default.</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, ClaimValue> Extras
    {
        get => _extras;
        // Deserialisers set null where there is nothing.
        init => _extras = value is null ? NoExtras : new ReadOnlyDictionary<string, ClaimValue>(new Dictionary<string, ClaimValue>(value, StringComparer.Ordinal));
    }
}
