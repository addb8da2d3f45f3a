using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

/// <summary>For the time in which services verify that were set up for the Python library's tokens.</summary>
public class The_key_id_can_be_left_out
{
    [Fact]
    public void And_the_header_is_that_of_the_Python_library()
    {
        ApiJwtOptions options = TestKeys.Issuing;
        options.WriteKeyId = false;

        string token = new PlainJwt(options).Encode(new TokenRequest { Subject = "ann" });

        Wire.HeaderOf(token).Should().Be("""{"alg":"RS256","typ":"JWT"}""");
        new PlainJwt(TestKeys.Verifying).Decode(token).IsValid.Should().BeTrue();
    }
}
