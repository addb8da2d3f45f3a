namespace ApiJwts;

/// <summary>A policy key: a kind of subject that tokens may be issued for. <see cref="PayloadPolicy.AllowKey"/> allows one.</summary>
/// <param name="Name">The name, such as <c>user</c>.</param>
/// <param name="Issuer">The <c>iss</c> claim of its tokens.</param>
/// <param name="Scopes">The scopes that its tokens may have, including those of <see cref="PayloadPolicy.AllowScopes"/>.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record PolicyKey(string Name, string Issuer, IReadOnlyList<string> Scopes);
