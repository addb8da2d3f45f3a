using System.Text;

namespace Hudya.Fuzz;

/// <summary>The input is the text of a token. If its last part is SIGNED, a correct signature replaces it.</summary>
public static class TokenTarget
{
    public static void Try(byte[] input, VerifyingService service)
    {
        // The input is UTF-8, so that seeds are readable files. Below, it is also tried as UTF-16 units, which can be invalid.
        string text = Encoding.UTF8.GetString(input);
        string[] parts = text.Split('.');
        bool isSigned = parts is [_, _, "SIGNED"] && Ascii.IsValid(text);
        service.Judge(isSigned ? service.Sign(parts[0], parts[1]) : text, isSigned);
        if (!isSigned)
            service.Judge(Encoding.Unicode.GetString(input), isSigned: false);
    }
}
