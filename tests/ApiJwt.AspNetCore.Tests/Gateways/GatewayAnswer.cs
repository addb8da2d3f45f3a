namespace Hudya.Tests.AspNetCore.Gateways;

/// <summary>The answer to a request that was sent to a gateway.</summary>
/// <param name="Status">The status, which is 200 if the request reached the API.</param>
/// <param name="Challenge">The scheme of <c>WWW-Authenticate</c>.</param>
/// <param name="Seen">The headers that the API received, with each byte as one character. It is empty if the request did not reach the API.</param>
internal sealed record GatewayAnswer(HttpStatusCode Status, string? Challenge, IReadOnlyDictionary<string, string> Seen);
