namespace ApiJwts.Tool.Tokens;

/// <summary>What to do about a token that was refused, in the options of this tool.</summary>
internal static class Advice
{
    /// <param name="failure">Why it was refused.</param>
    /// <param name="isKeyKnown">Whether the token names a key that it was verified with.</param>
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
        TokenFailure.InvalidIssuer => "Ask the issuer given with --issuer for a token, or give the one that you trust.",
        TokenFailure.NotYetValid => "Compare the clock of this machine with the issuer's.",
        TokenFailure.Expired => "Have the caller fetch a new one. If that is refused too, compare the clock of this machine with the issuer's.",
        TokenFailure.KeysUnavailable => "See whether this machine reaches the address. The token may be good.",
        TokenFailure.SenderConstrained => "Ask its service: the token is of no use without the key of its sender.",
        TokenFailure.TooLong => "Ask the issuer for fewer scopes or claims: services refuse a token of this length by default.",
        _ => "Compare it with what the issuer sent: it may have been cut off or changed on its way.",
    };
}
