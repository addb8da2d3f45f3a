namespace ApiJwts;

/// <summary>A kind of subject that tokens may be issued for.</summary>
/// <param name="Name">The key's name, as <see cref="PayloadPolicy.AllowKey"/> gave it.</param>
/// <param name="Issuer">The <c>iss</c> claim of its tokens.</param>
/// <param name="Scopes">The scopes that its tokens may have, those of <see cref="PayloadPolicy.AllowScopes"/> included.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record PolicyKey(string Name, string Issuer, IReadOnlyList<string> Scopes);
