namespace Hudya.Tests.Support;

/// <summary>Tokens of services that are not the one under test.</summary>
public static class Issued
{
    public static string By(RsaKeyPair pair) => By(pair.PrivateKeyPem);

    public static string By(string privateKey) =>
        new PlainJwt(new ApiJwtOptions { PrivateKey = privateKey }).Encode(new TokenRequest { Subject = "ann" });
}
