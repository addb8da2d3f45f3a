using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>
/// The identity that <see cref="ApiJwt.TokenHandler"/> creates for a verified token: its claims, under their names in the token, and its
/// payload.
/// </summary>
/// <remarks>
/// The name is <c>sub</c>. The role is the policy key, in the claim <c>key</c>. Each scope is a claim <c>scope</c>. Like every
/// <see cref="ClaimsIdentity"/>, it is not thread-safe while claims are added to it; <see cref="Payload"/> is immutable.
/// </remarks>
public sealed class VerifiedIdentity : ClaimsIdentity
{
    private const string PolicyKeyClaim = "key";
    private const string ScopeClaim = "scope";

    // ClaimsIdentity ignores the case of claim types, so an extra named "Key" would be a role.
    private static readonly HashSet<string> NotForExtras =
        new([.. ClaimNames.Reserved, PolicyKeyClaim, ScopeClaim], StringComparer.OrdinalIgnoreCase);

    internal VerifiedIdentity(VerifiedPayload payload, TokenValidationParameters parameters)
        : base(
            parameters.AuthenticationType ?? "Bearer",
            Chosen(parameters.NameClaimType, DefaultNameClaimType) ?? ClaimNames.Subject,
            Chosen(parameters.RoleClaimType, DefaultRoleClaimType) ?? PolicyKeyClaim)
    {
        Payload = payload;
        if (payload.HasSubject)
            Add(ClaimNames.Subject, payload.Subject);
        if (payload.Issuer.Length > 0)
            Add(ClaimNames.Issuer, payload.Issuer);
        Add(ClaimNames.ExpiresAt, PythonNumber.Format(payload.ExpiresAt.ToUnixTimeSeconds()), ClaimValueTypes.Integer64);
        Add(ClaimNames.Level, PythonNumber.Format(payload.Level));
        Add(ClaimNames.Factor, payload.Factor);
        Add(ClaimNames.Target, payload.Target);
        Add(ClaimNames.DoNotTrack, ((int)payload.DoNotTrack).ToString(CultureInfo.InvariantCulture));
        foreach (string scope in payload.Scopes)
            Add(ScopeClaim, scope);
        if (payload.Key is not null)
            Add(PolicyKeyClaim, payload.Key);
        foreach (JsonProperty claim in payload.Others)
        {
            // An extra with a reserved name could otherwise grant a scope, a level or a role.
            if (claim.Name is not (ClaimNames.Audience or ClaimNames.NotBefore or ClaimNames.IssuedAt or ClaimNames.TokenId) && NotForExtras.Contains(claim.Name))
                continue;
            foreach (string value in TextsOf(claim.Value))
                Add(claim.Name, value);
        }
    }

    [SuppressMessage("Globalization", "CA1307", Justification = "The overload with a comparison is not in .NET 8.")]
    private VerifiedIdentity(VerifiedIdentity other)
        : base(other) => Payload = other.Payload;

    /// <summary>The claims of the token.</summary>
    public VerifiedPayload Payload { get; }

    /// <inheritdoc/>
    public override ClaimsIdentity Clone() => new VerifiedIdentity(this);

    /// <summary>The values of a claim as strings, one for each element of a list. Objects, and arrays of other types than strings, have none.</summary>
    private static string[] TextsOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => [json.GetRawText()],
        _ => StrictJson.ReadStrings(json) ?? [],
    };

    private static string? Chosen(string claimType, string stock) => claimType == stock ? null : claimType;

    private void Add(string type, string value, string valueType = ClaimValueTypes.String) =>
        AddClaim(new Claim(type, value, valueType, DefaultIssuer, DefaultIssuer, this));
}
