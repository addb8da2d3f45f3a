using System.CommandLine;
using ApiJwts.Tool.Output;

namespace ApiJwts.Tool.Tokens;

/// <summary>The token of a command, from its arguments or from a pipe.</summary>
internal static class TokenInput
{
    public static Argument<string[]> Argument() => new("TOKEN")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "The token. Left out, or given as -, it is read from a pipe, which keeps it out of the history of the shell.",
    };

    /// <summary>The token alone. What people copy along with it is left out, and said to be.</summary>
    /// <exception cref="ApiJwtException">There is neither an argument nor a pipe.</exception>
    public static string Read(string[] words, Screen screen)
    {
        string token = words is [] or ["-"] ? FromPipe(isAsked: words.Length > 0) : string.Join(' ', words);
        var leftOut = new List<string>();
        TakeOffBlanks(ref token, leftOut);
        if (token is ['"', .., '"'] or ['\'', .., '\''])
        {
            leftOut.Add("quotes");
            token = token[1..^1].Trim();
        }

        TakeOff("Authorization:", ref token, leftOut);
        TakeOff("Bearer ", ref token, leftOut);
        if (leftOut.Count > 0)
            screen.Say($"Left out around the token: {string.Join(", ", leftOut)}. A service refuses a token that has them.");
        return token;
    }

    private static string FromPipe(bool isAsked)
    {
        if (!isAsked && !Console.IsInputRedirected)
            throw new ApiJwtException("There is no token. Give it as an argument, or pipe it in.");
        string text = Console.In.ReadToEnd();
        // What every program ends its output with, and every shell takes off.
        return text.EndsWith('\n') ? text[..^(text.EndsWith("\r\n", StringComparison.Ordinal) ? 2 : 1)] : text;
    }

    private static void TakeOffBlanks(ref string token, List<string> leftOut)
    {
        string trimmed = token.Trim();
        if (trimmed.Length < token.Length)
            leftOut.Add(token.AsSpan().Trim(' ').Length == trimmed.Length ? "blanks" : "line breaks");
        token = trimmed;
    }

    private static void TakeOff(string prefix, ref string token, List<string> leftOut)
    {
        if (!token.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            return;
        leftOut.Add($"'{prefix.Trim()}'");
        token = token[prefix.Length..].Trim();
    }
}
