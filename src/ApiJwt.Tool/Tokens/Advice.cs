namespace ApiJwts.Tool.Tokens;

/// <summary>Advises what to do about a refused token, with the options of this tool.</summary>
internal static class Advice
{
    /// <param name="failure">The reason for the refusal.</param>
    /// <param name="isKeyKnown">Whether the token names one of the keys that were given.</param>
    public static string For(TokenFailure failure, bool isKeyKnown) => failure switch
    {
        TokenFailure.Missing => "Give the token as an argument, or pipe it in.",
        TokenFailure.InvalidSignature when isKeyKnown =>
            "Do not trust it. It names a key that was given, so it is not what the owner of that key signed. Compare it with what the issuer sent.",
        TokenFailure.InvalidSignature =>
            "Do not trust it. It names none of the keys that were given. Ask its issuer for the current public keys, or give their address with --jwks.",
        TokenFailure.UnsupportedAlgorithm => "Have it signed with RS256. 'apijwt read' shows the algorithm of its header.",
        TokenFailure.UnsupportedHeader => "See its header with 'apijwt read'. If its type is the one that you expect, give it with --type.",
        TokenFailure.InvalidAudience => "See its claim 'aud' with 'apijwt read'. If it is the service's own, give it with --audience. If not, ask for a token for this service.",
        TokenFailure.InvalidIssuer => "Ask the issuer given with --issuer for a token, or give the token's issuer with --issuer if you trust it.",
        TokenFailure.NotYetValid => "Compare the clock of this machine with the issuer's.",
        TokenFailure.Expired => "Have the caller fetch a new one. If that is refused too, compare the clock of this machine with the issuer's.",
        TokenFailure.KeysUnavailable => "Check that this machine can reach the address. The token may be valid.",
        TokenFailure.SenderConstrained => "Ask the issuer for a bearer token, or use the token in a service that checks the binding.",
        TokenFailure.TooLong => "Ask the issuer for fewer scopes or claims: services refuse a token of this length by default.",
        _ => "Compare it with what the issuer sent: it may have been cut off or changed in transit.",
    };
}
