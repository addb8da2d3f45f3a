namespace Hudya.Tests.Attacks;

/// <summary>A token that must be refused, and what the refusal must be called.</summary>
/// <param name="Name">What is wrong with it; unique in its family.</param>
/// <param name="Token">The token, correctly signed unless the signature is what is wrong.</param>
/// <param name="Failure">The verdict.</param>
public sealed record HostileToken(string Name, string Token, TokenFailure Failure);
