using System.Text.Json;
using ApiJwts.Tool.Output;
using Spectre.Console;

namespace ApiJwts.Tool.Tokens;

/// <summary>The result of verifying a token, with advice.</summary>
/// <param name="Token">The token.</param>
/// <param name="Result">The result of the library.</param>
/// <param name="Jwt">The class that verified the token.</param>
internal sealed record Verdict(string Token, DecodeResult Result, ApiJwt Jwt)
{
    private const int LongestKeyId = 80;

    private string WhatToDo => Advice.For(Result.Failure, NamesKnownKey);

    // If the signature was checked, the header is readable.
    private bool NamesKnownKey => Result.Failure == TokenFailure.InvalidSignature && Jwt.Keys.Contains(UnverifiedToken.KeyIdOf(Token));

    // After a time limit, the library continues the fetch in the background, and has no fault to report yet.
    private string? KeySetFault => Jwt.Keys.FetchStatus?.Fault ?? (Result.Failure == TokenFailure.KeysUnavailable ? "did not answer in time" : null);

    public void Show(Screen screen, DateTimeOffset now)
    {
        if (Result.IsValid)
        {
            screen.Box("VALID", Color.Green, "The signature fits one of the keys, and the token may be used now.");
            TokenFacts.Show(UnverifiedToken.Read(Token), screen, now);
            return;
        }

        screen.Box($"REFUSED: {Result.Failure}", Color.Red);
        screen.Facts([("reason", Result.Reason), .. Details(now), ("what to do", WhatToDo)]);
    }

    public void WriteJson() => Screen.WriteJson(json =>
    {
        json.WriteBoolean("valid", Result.IsValid);
        json.WriteString("failure", Result.IsValid ? null : Result.Failure.ToString());
        json.WriteString("reason", Result.Reason);
        json.WriteString("whatToDo", Result.IsValid ? null : WhatToDo);
        json.WriteString("keySetFault", KeySetFault);
        // A script gets no claim of a token that was refused.
        if (Result.IsValid)
            UnverifiedToken.Read(Token).WriteTo(json);
    });

    private IEnumerable<(string Name, string Value)> Details(DateTimeOffset now)
    {
        if (KeySetFault is { } fault)
            yield return ("key set", $"{Jwt.Keys.FetchStatus?.Address} {fault}");
        if (Result.Failure == TokenFailure.InvalidSignature)
        {
            yield return ("its key", UnverifiedToken.KeyIdOf(Token) switch
            {
                "" => "(it names none)",
                { Length: > LongestKeyId } => "(the name is too long to be shown)",
                var keyId => Printable.Of(keyId),
            });
            yield return ("keys given", string.Join(", ", Jwt.Keys.KeyIds));
        }

        // The signature is valid, so this time comes from the issuer.
        if (Result.IsExpired && UnverifiedToken.Read(Token).Claims.TryGetProperty("exp", out JsonElement expiry) && TokenFacts.TimeOf(expiry) is { } moment)
            yield return ("expired", Moment.Of(moment, now));
    }
}
