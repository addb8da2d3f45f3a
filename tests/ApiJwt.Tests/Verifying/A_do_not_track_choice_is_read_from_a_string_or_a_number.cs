using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class A_do_not_track_choice_is_read_from_a_string_or_a_number
{
    [Theory]
    [InlineData("\"0\"", DoNotTrack.Normal)]
    [InlineData("\"1\"", DoNotTrack.Reserved)]
    [InlineData("\"2\"", DoNotTrack.NotAnonymous)]
    [InlineData("\"3\"", DoNotTrack.TestUser)]
    [InlineData("\"\\u0031\"", DoNotTrack.Reserved)]
    [InlineData("0", DoNotTrack.Normal)]
    [InlineData("1", DoNotTrack.Reserved)]
    [InlineData("2", DoNotTrack.NotAnonymous)]
    [InlineData("3", DoNotTrack.TestUser)]
    public void As_Python_and_other_languages_write_it(string json, DoNotTrack expected)
    {
        Reading.Of($"\"dnt\":{json}").DoNotTrack.Should().Be(expected);
    }

    [Fact]
    public void Without_the_claim_the_subject_is_a_normal_user()
    {
        Reading.Of("\"factor\":\"otp\"").DoNotTrack.Should().Be(DoNotTrack.Normal);
    }
}
