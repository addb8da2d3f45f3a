using System.Security.Cryptography;

namespace Hudya.Tests.Rfc;

/// <summary>The tokens of RFC 7515, appendix A.2, and RFC 7520, section 4.1, with their keys, and the key of RFC 7638, section 3.1.</summary>
public class The_examples_of_the_RFCs_are_verified
{
    private const string ModulusOfRfc7515 =
        "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMs" +
        "D1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdV" +
        "MTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";

    private const string TokenOfRfc7515 =
        "eyJhbGciOiJSUzI1NiJ9" +
        ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ" +
        ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZ" +
        "cAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-e" +
        "OkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

    private const string ModulusOfRfc7520 =
        "n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRBSFKrKb2wqVwGU_Ns" +
        "YOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-OfVfHd1E6cS6M1FZcD1NNLYD5lFHpPI9bTwJlsde3uhGqC0ZCu" +
        "EHg8lhzwOHrtIQbS0FVbb9k3-tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_qixoR7jig3__kRhuaxwUkRz5iaiQkqgc5gHdrNP5zw";

    private const string TokenOfRfc7520 =
        "eyJhbGciOiJSUzI1NiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9" +
        ".SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5kIGlmI" +
        "HlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9mZiB0by4" +
        ".MRjdkly7_-oTPTS3AXP41iQIGKa80A0ZmTuV5MEaHoxnW2e5CZ5NlKtainoFmKZopdHM1O2U4mwzJdQx996ivp83xuglII7PNDi84wnB-BDkoBwA7818" +
        "5hX-Es4JIwmDLJK3lfWRa-XtL0RnltuYv746iYTh_qHRD68BNt1uSNCrUCTJDt5aAE6x8wW1Kt9eRo4QPocSadnHXFxnt8Is9UzpERV0ePPQdLuW3IS_" +
        "de3xyIrDaLGdjluPxUAhb6L2aXic1U12podGU0KLUQSE_oI-ZnmKJ3F4uOZDnd6QZWJushZ41Axf_fcIe8u9ipH84ogoree7vjbU5y18kDquDg";

    private const string ModulusOfRfc7638 =
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMst" +
        "n64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajr" +
        "n1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

    /// <summary>One token lacks a subject, and the other is a signed sentence. Both are checked only after the signature.</summary>
    [Theory]
    [InlineData(ModulusOfRfc7515, TokenOfRfc7515, "'sub'")]
    [InlineData(ModulusOfRfc7520, TokenOfRfc7520, "payload")]
    public void The_token_of_an_RFC_is_refused_for_its_payload_only(string modulus, string token, string fault)
    {
        DecodeResult result = ServiceWithKey(modulus).Decode(token);

        result.Failure.Should().Be(TokenFailure.Malformed);
        result.Reason.Should().Contain(fault);
    }

    [Theory]
    [InlineData(ModulusOfRfc7515, TokenOfRfc7515, 1), InlineData(ModulusOfRfc7515, TokenOfRfc7515, 2)]
    [InlineData(ModulusOfRfc7520, TokenOfRfc7520, 1), InlineData(ModulusOfRfc7520, TokenOfRfc7520, 2)]
    public void The_token_of_an_RFC_with_one_changed_character_has_a_wrong_signature(string modulus, string token, int part)
    {
        string[] parts = token.Split('.');
        parts[part] = parts[part].Remove(20, 1).Insert(20, parts[part][20] == 'A' ? "B" : "A");

        ServiceWithKey(modulus).Decode(string.Join('.', parts)).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    [Fact]
    public void The_key_id_is_the_thumbprint_that_the_RFC_prints() =>
        ServiceWithKey(ModulusOfRfc7638).Keys.KeyIds.Should().Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");

    private static PlainJwt ServiceWithKey(string modulus)
    {
        using RSA key = RSA.Create(new RSAParameters { Modulus = Forge.Decode(modulus), Exponent = [1, 0, 1] });
        return new PlainJwt(new ApiJwtOptions { PublicKeys = { key.ExportSubjectPublicKeyInfoPem() } });
    }
}
