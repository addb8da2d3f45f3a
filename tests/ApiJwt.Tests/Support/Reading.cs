namespace Hudya.Tests.Support;

/// <summary>What a service reads from tokens that another language might have issued.</summary>
public static class Reading
{
    private static readonly PlainJwt Service = new(TestKeys.Verifying);

    /// <summary>The payload of a genuine token that has these members beside the two required claims.</summary>
    public static VerifiedPayload Of(string members)
    {
        DecodeResult result = Service.Decode(TokenWith(members));
        result.IsValid.Should().BeTrue(result.Reason);
        return result.Payload!;
    }

    /// <summary>A genuine token, valid until the year 2100.</summary>
    public static string TokenWith(string members) => Forge.Claims($$"""{"sub":"ann","exp":4102444800,{{members}}}""");
}
