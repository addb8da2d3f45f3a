namespace Hudya.Tests.Attacks;

/// <summary>One costs many times what a decode does, and carries texts of the token to whoever listens. So none is, not even to be caught.</summary>
public class No_exception_is_thrown_even_inside
{
    [Fact]
    public void While_a_hostile_token_is_judged()
    {
        using var ear = new Eavesdropper();
        List<string> thrown = [];
        foreach (HostileFamily family in Corpus.Families)
        {
            ApiJwt service = family.Service();
            foreach (HostileToken token in family.Tokens)
            {
                ear.TakeHeard();
                service.Decode(token.Token);
                thrown.AddRange(ear.TakeHeard().Where(line => line.StartsWith("exception: ", StringComparison.Ordinal)).Select(_ => $"{family.Name}, {token.Name}"));
            }
        }

        thrown.Should().BeEmpty();
    }
}
