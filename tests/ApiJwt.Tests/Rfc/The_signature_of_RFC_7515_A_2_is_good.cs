namespace Hudya.Tests.Rfc;

/// <summary>RFC 7515, appendix A.2: a token signed with RS256.</summary>
public class The_signature_of_RFC_7515_A_2_is_good
{
    private const string Modulus =
        "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMs" +
        "D1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdV" +
        "MTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";

    private const string Token =
        "eyJhbGciOiJSUzI1NiJ9" +
        ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ" +
        ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZ" +
        "cAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-e" +
        "OkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

    /// <summary>The claims lack a subject, and claims are checked only after the signature.</summary>
    [Fact]
    public void The_token_of_the_RFC_is_refused_for_its_claims_only()
    {
        DecodeResult result = Published.ServiceWithKey(Modulus).Decode(Token);

        result.Failure.Should().Be(TokenFailure.Malformed);
        result.Reason.Should().Contain("'sub'");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_token_of_the_RFC_with_one_changed_character_has_a_wrong_signature(int part) =>
        Published.ServiceWithKey(Modulus).Decode(Published.WithOneCharacterChanged(Token, part)).Failure.Should().Be(TokenFailure.InvalidSignature);
}
