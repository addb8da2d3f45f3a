using System.Globalization;

namespace Hudya.Tests.Support;

/// <summary>All members of a decode result as one value, so that two results can be compared.</summary>
public sealed record Verdict(TokenFailure Failure, string? Reason, string? Payload)
{
    public static Verdict On(string? token, ApiJwt service)
    {
        DecodeResult result = service.Decode(token);
        return new Verdict(result.Failure, result.Reason, result.Payload is { } payload ? TextOf(payload) : null);
    }

    private static string TextOf(VerifiedPayload payload) => string.Create(
        CultureInfo.InvariantCulture,
        $"{payload.Subject}|{payload.Issuer}|{payload.Key}|{payload.Level:R}|{payload.Factor}|{payload.Target}|{payload.DoNotTrack}|{payload.ExpiresAt.UtcTicks}|{string.Join(',', payload.Scopes.Order(StringComparer.Ordinal))}|{payload.GetText("x")}|{payload.GetNumber("x"):R}|{payload.GetInteger("x")}|{string.Join(',', payload.GetList("x") ?? [])}");
}
