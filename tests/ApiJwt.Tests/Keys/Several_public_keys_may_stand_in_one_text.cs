using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class Several_public_keys_may_stand_in_one_text
{
    private static readonly string First = TestKeys.Ours.PublicKeyPem;

    private static readonly string Second = TestKeys.Second.PublicKeyPem;

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["two PEM blocks"] = $"{First}\n{Second}",
        ["two PEM blocks with empty lines between them"] = $"{First}\n\n \r\n{Second}\n",
        ["two PEM blocks with literal \\n"] = $"{First}\n{Second}".ReplaceLineEndings("\\n"),
        ["two PEM blocks in quotes with literal \\n"] = $"\"{$"{First}\n{Second}".ReplaceLineEndings("\\n")}\"",
        ["two PEM blocks as base64"] = KeyForge.Base64($"{First}\n{Second}"),
        ["two PEM blocks of different kinds"] = $"{First}\n{AsPkcs1(Second)}",
        ["a JSON array of PEM"] = KeyWrappings.Json(First, Second),
        ["a JSON array of base64 of PEM"] = KeyWrappings.Json(KeyForge.Base64(First), KeyForge.Base64(Second)),
        ["a JSON array of different forms"] = KeyWrappings.Json(KeyForge.Base64(First), $" '{Second.ReplaceLineEndings("\\n")}' "),
        ["a JSON array of one text with two PEM blocks"] = KeyWrappings.Json($"{First}\n{Second}"),
        ["a JSON array as base64"] = KeyForge.Base64(KeyWrappings.Json(First, Second)),
    };

    public static TheoryData<string> Names => [.. Texts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void And_each_of_them_verifies(string form)
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { Texts[form] } });

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        jwt.Decode(Issued.By(TestKeys.Ours)).IsValid.Should().BeTrue();
        jwt.Decode(Issued.By(TestKeys.Second)).IsValid.Should().BeTrue();
        jwt.Decode(Issued.By(TestKeys.Foreign)).IsValid.Should().BeFalse();
    }

    [Fact]
    public void And_several_texts_in_the_list()
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { Second, KeyWrappings.Json(First, TestKeys.Foreign.PublicKeyPem) } });

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId, TestKeys.Ours.KeyId, TestKeys.Foreign.KeyId);
    }

    private static string AsPkcs1(string pem)
    {
        using RSA key = TestKeys.RsaOf(pem);
        return key.ExportRSAPublicKeyPem();
    }
}
