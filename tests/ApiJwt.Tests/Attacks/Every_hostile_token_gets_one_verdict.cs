using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.Attacks;

/// <summary>The verdict does not depend on the cache, the order of the keys, earlier decodes or the culture of the server.</summary>
public class Every_hostile_token_gets_one_verdict(ITestOutputHelper output)
{
    [Fact]
    public void The_corpus_has_at_least_1400_hostile_tokens()
    {
        foreach (HostileFamily family in Corpus.Families)
            output.WriteLine($"{family.Tokens.Count(),5} {family.Name}");
        output.WriteLine($"{Corpus.Count,5} hostile tokens");

        Corpus.Count.Should().BeGreaterThanOrEqualTo(1400);
        Corpus.Families.Should().OnlyContain(family => family.Tokens.Any());
        Corpus.Families.Select(family => family.Name).Should().BeEquivalentTo(
            typeof(Corpus).Assembly.GetTypes().SelectMany(type => type.GetProperties()).Where(property => property.PropertyType == typeof(HostileFamily))
                .Select(property => ((HostileFamily)property.GetValue(null)!).Name),
            "every family of the test classes is in the corpus");
    }

    [Theory]
    [InlineData(0, true), InlineData(1024, true), InlineData(0, false), InlineData(1024, false)]
    public void The_verdict_is_the_same_with_and_without_the_cache_and_in_either_order_of_keys(int cacheSize, bool ourKeyFirst)
    {
        foreach ((string name, PlainJwt service, HostileToken token) in Corpus.Served(family => family.Service(cacheSize, ourKeyFirst)))
        {
            for (int look = 1; look <= 2; look++)
                service.Decode(token.Token).Failure.Should().Be(token.Failure, "this is decode {0} of {1}", look, name);
        }
    }

    [Fact]
    public async Task The_token_handler_gives_the_same_verdict_and_does_not_throw()
    {
        foreach ((string name, PlainJwt service, HostileToken token) in Corpus.Served())
        {
            TokenValidationResult result = await service.TokenHandler.ValidateTokenAsync(token.Token, new TokenValidationParameters());

            result.IsValid.Should().BeFalse(name);
            result.ClaimsIdentity.Should().BeNull();
            result.Exception.Message.Should().Be(service.Decode(token.Token).Reason);
        }
    }

    [Theory]
    [InlineData("tr-TR"), InlineData("ar-SA"), InlineData("de-DE"), InlineData("fa-IR"), InlineData(Cultures.Foreign)]
    public void The_verdict_is_the_same_in_every_culture(string culture) => Cultures.Run(culture, () =>
    {
        foreach ((string name, PlainJwt service, HostileToken token) in Corpus.Served())
            service.Decode(token.Token).Failure.Should().Be(token.Failure, name);
    });
}
