namespace Hudya.Tests.Issuing;

public class A_claim_value_is_equal_to_one_made_of_the_same
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
    public void By_every_way_to_ask(ClaimValue left, ClaimValue right, bool equal)
    {
        (left == right).Should().Be(equal);
        (left != right).Should().Be(!equal);
        left.Equals(right).Should().Be(equal);
        left.Equals((object)right).Should().Be(equal);
        if (equal)
            left.GetHashCode().Should().Be(right.GetHashCode());
    }

    [Fact]
    public void And_different_ones_are_told_apart_by_a_hash_too() =>
        new ClaimValue[] { "a", "b", 1L, 2L, 1.5 }.Select(value => value.GetHashCode()).Should().OnlyHaveUniqueItems();

    [Fact]
    public void And_to_nothing_else()
    {
        ClaimValue.From("a").Equals((object)"a").Should().BeFalse();
    }

    [Fact]
    public void Its_text_does_not_show_it()
    {
        ClaimValue.From("confidential").ToString().Should().NotContain("confidential");
    }
}
