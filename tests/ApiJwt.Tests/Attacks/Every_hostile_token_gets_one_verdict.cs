using System.Globalization;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.Attacks;

/// <summary>Cache on or off, keys in either order, first or second time, whatever the language of the server: the verdict is the same.</summary>
public class Every_hostile_token_gets_one_verdict(ITestOutputHelper output)
{
    [Fact]
    public void There_are_1400_of_them_or_more()
    {
        foreach (HostileFamily family in Corpus.Families)
            output.WriteLine($"{family.Tokens.Count(),5} {family.Name}");
        output.WriteLine($"{Corpus.Count,5} hostile tokens");

        Corpus.Count.Should().BeGreaterThanOrEqualTo(1400);
        Corpus.Families.Should().OnlyContain(family => family.Tokens.Any());
        Corpus.Families.Should().BeEquivalentTo(
            typeof(Corpus).Assembly.GetTypes().SelectMany(type => type.GetProperties()).Where(property => property.PropertyType == typeof(HostileFamily)).Select(property => property.GetValue(null)),
            "no family is left out");
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1024, true)]
    [InlineData(0, false)]
    [InlineData(1024, false)]
    public void With_the_cache_on_or_off_and_the_keys_in_either_order(int cacheSize, bool ourKeyFirst)
    {
        foreach (HostileFamily family in Corpus.Families)
        {
            ApiJwt service = family.Service(cacheSize, ourKeyFirst);
            foreach (HostileToken token in family.Tokens)
            {
                for (int look = 1; look <= 2; look++)
                    service.Decode(token.Token).Failure.Should().Be(token.Failure, "this is look {0} at {1}: {2}", look, family.Name, token.Name);
            }
        }
    }

    [Fact]
    public async Task Also_from_the_token_handler_which_throws_nothing()
    {
        foreach (HostileFamily family in Corpus.Families)
        {
            ApiJwt service = family.Service();
            foreach (HostileToken token in family.Tokens)
            {
                TokenValidationResult result = await service.TokenHandler.ValidateTokenAsync(token.Token, new TokenValidationParameters());

                result.IsValid.Should().BeFalse("{0}: {1}", family.Name, token.Name);
                result.ClaimsIdentity.Should().BeNull();
                result.Exception.Message.Should().Be(service.Decode(token.Token).Reason);
            }
        }
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    [InlineData("fa-IR")]
    public void In_every_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            foreach (HostileFamily family in Corpus.Families)
            {
                ApiJwt service = family.Service();
                foreach (HostileToken token in family.Tokens)
                    service.Decode(token.Token).Failure.Should().Be(token.Failure, "{0}: {1}", family.Name, token.Name);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
