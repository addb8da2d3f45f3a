namespace Hudya.Tests.Support;

/// <summary>Decodes tokens that software in another language could have issued.</summary>
public static class Reading
{
    private static readonly PlainJwt Service = new(TestKeys.Verifying);

    /// <summary>The payload of a valid token that has these members besides the two required claims.</summary>
    public static VerifiedPayload Of(string members)
    {
        DecodeResult result = Service.Decode(TokenWith(members));
        result.IsValid.Should().BeTrue(result.Reason);
        return result.Payload!;
    }

    /// <summary>A correctly signed token with these members, valid until the year 2100.</summary>
    public static string TokenWith(string members) => Forge.Claims($$"""{"sub":"ann","exp":4102444800,{{members}}}""");
}
