using System.CommandLine;
using ApiJwts.Tool.Output;

namespace ApiJwts.Tool.Tokens;

/// <summary>The argument with the token of a command, which may also come from standard input.</summary>
internal sealed class TokenArgument : Argument<string[]>
{
    public TokenArgument()
        : base("TOKEN")
    {
        Arity = ArgumentArity.ZeroOrMore;
        Description = "The token. If it is left out or -, it is read from standard input, which keeps it out of the history of the shell.";
    }

    /// <summary>Returns the token without text that is often copied with it, such as quotes and 'Bearer', and tells the user what was left out.</summary>
    /// <exception cref="ApiJwtException">There is neither an argument nor a pipe.</exception>
    public string Read(ParseResult command, Screen screen)
    {
        string[] words = command.GetValue(this) ?? [];
        string token = words is [] or ["-"] ? FromPipe(isAsked: words.Length > 0) : string.Join(' ', words);
        var leftOut = new List<string>();
        RemoveBlanks(ref token, leftOut);
        if (token is ['"', .., '"'] or ['\'', .., '\''])
        {
            leftOut.Add("quotes");
            token = token[1..^1].Trim();
        }

        Remove("Authorization:", ref token, leftOut);
        Remove("Bearer ", ref token, leftOut);
        if (leftOut.Count > 0)
            screen.Say($"Left out around the token: {string.Join(", ", leftOut)}. A service refuses a token that has them.");
        return token;
    }

    private static string FromPipe(bool isAsked)
    {
        if (!isAsked && !Console.IsInputRedirected)
            throw new ApiJwtException("There is no token. Give it as an argument, or pipe it in.");
        string text = Console.In.ReadToEnd();
        // Programs end their output with a line break, which shells remove as well.
        return text.EndsWith('\n') ? text[..^(text.EndsWith("\r\n", StringComparison.Ordinal) ? 2 : 1)] : text;
    }

    private static void RemoveBlanks(ref string token, List<string> leftOut)
    {
        string trimmed = token.Trim();
        if (trimmed.Length < token.Length)
            leftOut.Add(token.AsSpan().Trim(' ').Length == trimmed.Length ? "blanks" : "line breaks");
        token = trimmed;
    }

    private static void Remove(string prefix, ref string token, List<string> leftOut)
    {
        if (!token.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            return;
        leftOut.Add($"'{prefix.Trim()}'");
        token = token[prefix.Length..].Trim();
    }
}
