using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Claims;

namespace ApiJwts.AspNetCore;

/// <summary>The identity of a verified token: its claims for policies that ask for claims, and the payload itself for ours.</summary>
internal sealed class VerifiedIdentity : ClaimsIdentity
{
    private const string KeyClaim = "key";
    private const string ScopeClaim = "scope";

    // The framework compares the names of claims without regard to case: an extra named "Key" would be a role.
    private static readonly HashSet<string> NotForExtras =
        new([.. ClaimNames.Reserved, KeyClaim, ScopeClaim], StringComparer.OrdinalIgnoreCase);

    public VerifiedIdentity(VerifiedPayload payload, string scheme)
        : base(scheme, nameType: ClaimNames.Subject, roleType: KeyClaim)
    {
        Payload = payload;
        Add(ClaimNames.Subject, payload.Subject);
        if (payload.Issuer.Length > 0)
            Add(ClaimNames.Issuer, payload.Issuer);
        Add(ClaimNames.ExpiresAt, WireText.Of(payload.ExpiresAt.ToUnixTimeSeconds()), ClaimValueTypes.Integer64);
        Add(ClaimNames.Level, WireText.Of(payload.Level));
        Add(ClaimNames.Factor, payload.Factor);
        Add(ClaimNames.Target, payload.Target);
        Add(ClaimNames.DoNotTrack, ((int)payload.DoNotTrack).ToString(CultureInfo.InvariantCulture));
        foreach (string scope in payload.Scopes)
            Add(ScopeClaim, scope);
        if (payload.Key is not null)
            Add(KeyClaim, payload.Key);
        foreach ((string name, string value) in payload.Others)
        {
            // An extra of that name would otherwise grant a scope, a level or a role.
            if (name is ClaimNames.Audience or ClaimNames.NotBefore or ClaimNames.IssuedAt or ClaimNames.TokenId || !NotForExtras.Contains(name))
                Add(name, value);
        }
    }

    [SuppressMessage("Globalization", "CA1307", Justification = "The overload with a comparison is not in .NET 8.")]
    private VerifiedIdentity(VerifiedIdentity other)
        : base(other) => Payload = other.Payload;

    public VerifiedPayload Payload { get; }

    public override ClaimsIdentity Clone() => new VerifiedIdentity(this);

    private void Add(string type, string value, string valueType = ClaimValueTypes.String) =>
        AddClaim(new Claim(type, value, valueType, DefaultIssuer, DefaultIssuer, this));
}
