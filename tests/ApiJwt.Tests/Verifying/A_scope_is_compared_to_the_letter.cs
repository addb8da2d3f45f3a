using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class A_scope_is_compared_to_the_letter
{
    private static readonly VerifiedPayload Payload = Reading.Of("\"scopes\":\"read,Write,caf\u00e9, blank\"");

    [Theory]
    [InlineData("read", true)]
    [InlineData("Write", true)]
    [InlineData("caf\u00e9", true)]
    [InlineData(" blank", true)]
    [InlineData("READ", false)]
    [InlineData("write", false)]
    [InlineData("cafe\u0301", false)]
    [InlineData("cafe", false)]
    [InlineData("blank", false)]
    [InlineData("rea", false)]
    [InlineData("read,Write", false)]
    [InlineData("read\u00ad", false)]
    [InlineData("", false)]
    [InlineData(",", false)]
    [InlineData("*", false)]
    public void By_every_way_to_ask(string scope, bool expected)
    {
        Payload.HasScope(scope).Should().Be(expected);
        Payload.HasAnyScope(scope).Should().Be(expected);
        Payload.HasAllScopes(scope).Should().Be(expected);
        Payload.Scopes.Contains(scope).Should().Be(expected);
    }

    [Fact]
    public void Any_needs_one_of_them()
    {
        Payload.HasAnyScope("other", "read").Should().BeTrue();
        Payload.HasAnyScope("other", "another").Should().BeFalse();
    }

    [Fact]
    public void All_needs_each_of_them()
    {
        Payload.HasAllScopes("read", "Write").Should().BeTrue();
        Payload.HasAllScopes("read", "other").Should().BeFalse();
        Payload.HasAllScopes("other", "read").Should().BeFalse();
    }

    [Fact]
    public void An_empty_list_grants_nothing()
    {
        Payload.HasAnyScope().Should().BeFalse();
        Payload.HasAllScopes().Should().BeFalse();
        Reading.Of("\"scopes\":\"\"").HasAllScopes().Should().BeFalse();
    }

    [Fact]
    public void Null_is_a_mistake_of_the_caller()
    {
        Payload.Invoking(payload => payload.HasScope(null!)).Should().Throw<ArgumentNullException>();
        Payload.Invoking(payload => payload.HasAnyScope(null!)).Should().Throw<ArgumentNullException>();
        Payload.Invoking(payload => payload.HasAllScopes(null!)).Should().Throw<ArgumentNullException>();
    }
}
