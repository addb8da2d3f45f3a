namespace ApiJwts;

/// <summary>A kind of subject that tokens may be issued for, and the <c>iss</c> claim of its tokens.</summary>
internal sealed record PolicyKey(string Name, string Issuer);
