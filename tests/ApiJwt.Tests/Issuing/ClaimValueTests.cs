namespace Hudya.Tests.Issuing;

public class ClaimValueTests
{
    private static readonly string[] List = ["a"];

    public static TheoryData<ClaimValue, ClaimValue, bool> Pairs => new()
    {
        { "a", ClaimValue.From("a"), true },
        { "a", "b", false },
        { "1", 1L, false },
        { 1L, ClaimValue.From(1L), true },
        { 1L, 1.0, false },
        { 1.5, ClaimValue.From(1.5), true },
        { DoNotTrack.TestUser, 3L, true },
        { default, (string?)null, true },
        { default, "", false },
        { List, ClaimValue.From(["a"]), true },
        { List, ClaimValue.From(["b"]), false },
        { List, "a", false },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Values_of_the_same_kind_and_content_are_equal_in_every_comparison(ClaimValue left, ClaimValue right, bool equal)
    {
        (left == right).Should().Be(equal);
        (left != right).Should().Be(!equal);
        left.Equals(right).Should().Be(equal);
        left.Equals((object)right).Should().Be(equal);
        if (equal)
            left.GetHashCode().Should().Be(right.GetHashCode());
    }

    [Fact]
    public void Different_values_have_different_hash_codes() =>
        new ClaimValue[] { "a", "b", 1L, 2L, 1.5 }.Select(value => value.GetHashCode()).Should().OnlyHaveUniqueItems();

    [Fact]
    public void A_value_is_equal_only_to_a_value() =>
        ClaimValue.From("a").Equals((object)"a").Should().BeFalse();

    [Fact]
    public void The_text_of_a_value_does_not_show_it() =>
        ClaimValue.From("confidential").ToString().Should().NotContain("confidential");
}
