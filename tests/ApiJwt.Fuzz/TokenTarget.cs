using System.Text;

namespace Hudya.Fuzz;

/// <summary>The input is a token's text. Where its last part is the word SIGNED, a correct signature takes its place.</summary>
public static class TokenTarget
{
    public static void Try(byte[] input, VerifyingService service)
    {
        // As UTF-8, so that a seed is a readable file; what is not UTF-8 is tried as it stands in UTF-16 units.
        string text = Encoding.UTF8.GetString(input);
        string[] parts = text.Split('.');
        bool isSigned = parts is [_, _, "SIGNED"] && Ascii.IsValid(text);
        service.Judge(isSigned ? service.Sign(parts[0], parts[1]) : text, isSigned);
        if (!isSigned)
            service.Judge(Encoding.Unicode.GetString(input), isSigned: false);
    }
}
