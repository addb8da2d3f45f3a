namespace Hudya.Tests.Attacks;

/// <summary>A token that must be refused, and the failure that the refusal must report.</summary>
/// <param name="Name">What is wrong with the token; unique in its family.</param>
/// <param name="Token">The token, correctly signed unless the signature is what is wrong.</param>
/// <param name="Failure">The expected failure.</param>
public sealed record HostileToken(string Name, string Token, TokenFailure Failure);
