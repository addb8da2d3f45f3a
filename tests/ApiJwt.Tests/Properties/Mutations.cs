using System.Buffers.Text;
using System.Text;
using CsCheck;
using Hudya.Tests.Attacks;

namespace Hudya.Tests.Properties;

/// <summary>Hostile and good tokens with a few characters changed, either in the text or in a part that is then signed correctly.</summary>
public static class Mutations
{
    // Longer tokens are hostile for their length only, and take much time.
    private const int Longest = 5000;

    private static readonly string[] Hostile =
        [.. Corpus.Families.SelectMany(family => family.Tokens).Select(token => token.Token).Where(token => token.Length is > 0 and <= Longest)];

    private static readonly string[] Good =
    [
        Forge.Claims(GoodClaims.Json),
        Forge.Claims(GoodClaims.Plus("\"nbf\":1767225600,\"iat\":1767225600,\"jti\":\"f81d4fae\",\"scope\":\"scope-of-the-corpus other-of-the-corpus\",\"x\":[1,{\"y\":null}]")),
        Forge.Claims("""{"sub":"ann","exp":4102444800,"aud":["hudya"],"scp":["a"],"cnf":{"jkt":"x"}}"""),
        Forge.Sign($$"""{"alg":"RS256","typ":"at+jwt","jwk":{},"kid":"{{TestKeys.Ours.KeyId}}"}""", GoodClaims.Json),
    ];

    private static readonly Gen<string> Token = Gen.Frequency<string>((3, Gen.OneOf(Hostile)), (2, Gen.OneOf(Good)));

    private static readonly Gen<Func<string, string>> EditOfText = Edit(Gen.Char["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\0"]);

    private static readonly Gen<Func<string, string>> EditOfJson = Edit(Gen.Char["{}[]\",:\\ \n\t\0-+.0123456789eEnulltruefalse/*\u007f\u00c3\u00ed\u00ff"]);

    /// <summary>Tokens that are changed after they are signed.</summary>
    public static Gen<string> OfText { get; } =
        from token in Token
        from edits in EditOfText.Array[1, 3]
        select edits.Aggregate(token, (text, edit) => edit(text));

    /// <summary>Tokens that are signed after they are changed.</summary>
    public static Gen<string> OfParts { get; } =
        from token in Token
        from other in Token
        from which in Gen.Int[0, 3]
        from edits in EditOfJson.Array[0, 3]
        select Resigned(token, other, which, edits);

    private static Gen<Func<string, string>> Edit(Gen<char> character) =>
        from kind in Gen.Int[0, 4]
        from place in Gen.Double[0, 1]
        from length in Gen.Int[1, 8]
        from inserted in character
        select new Func<string, string>(text =>
        {
            int at = (int)(place * text.Length);
            int end = Math.Min(text.Length, at + length);
            return kind switch
            {
                0 when at < text.Length => text.Remove(at, 1).Insert(at, inserted.ToString()),
                1 => text.Insert(at, inserted.ToString()),
                2 => text.Remove(at, end - at),
                3 => text.Insert(at, text[at..end]),
                _ => at < text.Length ? text.Remove(at, 1) : text,
            };
        });

    private static string Resigned(string token, string other, int which, Func<string, string>[] edits)
    {
        string header = PartOf(token, 0), payload = PartOf(token, 1);
        string Edited(string text) => edits.Aggregate(text, (current, edit) => edit(current));
        (header, payload) = which switch
        {
            0 => (Edited(header), payload),
            1 => (header, Edited(payload)),
            2 => (Edited(Forge.Rs256Header), PartOf(other, 1)),
            _ => (PartOf(other, 0), Edited(payload)),
        };
        return Forge.SignBytes(Encoding.Latin1.GetBytes(header), Encoding.Latin1.GetBytes(payload));
    }

    /// <summary>The bytes of a part as characters, or a good part if that of the token cannot be decoded.</summary>
    private static string PartOf(string token, int index) =>
        token.Split('.') is { Length: > 1 } parts && Base64Url.IsValid(parts[index]) && parts[index].Length > 0
            ? Encoding.Latin1.GetString(Base64Url.DecodeFromChars(parts[index]))
            : index == 0 ? Forge.Rs256Header : GoodClaims.Json;
}
