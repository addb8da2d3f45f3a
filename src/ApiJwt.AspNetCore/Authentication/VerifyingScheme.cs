namespace ApiJwts.AspNetCore.Authentication;

/// <summary>A scheme that verifies tokens, and the class that it does so with.</summary>
internal sealed record VerifyingScheme(string Name, Func<IServiceProvider, ApiJwt> Find);
