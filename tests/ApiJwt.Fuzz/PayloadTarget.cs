using System.Buffers.Text;

namespace Hudya.Fuzz;

/// <summary>
/// The input is the bytes of a header, an empty line and the bytes of a payload. Without the line, it is only a payload. The
/// harness signs them, so that the fuzzer gets past the signature check.
/// </summary>
public static class PayloadTarget
{
    public static void Try(byte[] input, VerifyingService service)
    {
        int line = input.AsSpan().IndexOf("\n\n"u8);
        byte[] header = line < 0 ? """{"alg":"RS256","typ":"JWT"}"""u8.ToArray() : input[..line];
        byte[] payload = line < 0 ? input : input[(line + 2)..];
        service.Judge(service.Sign(Base64Url.EncodeToString(header), Base64Url.EncodeToString(payload)), isSigned: true);
    }
}
