namespace Hudya.Tests.Readme;

public class Every_block_of_the_pages_is_tested
{
    [Fact]
    public void A_csharp_block_is_a_region_of_the_test_sources()
    {
        // The tests of the ASP.NET Core package compile and run the blocks of its README.
        string guarding = Repository.Read("src", "ApiJwt.AspNetCore", "README.md");

        Page.Tested.SelectMany(page => page.BlocksOf("csharp")).Where(block => !guarding.Contains(block, StringComparison.Ordinal))
            .Should().BeEquivalentTo(Regions.All, "each block must be a region that a test compiles, and each region must be shown");
    }

    [Fact]
    public void A_block_of_another_language_has_a_test_of_its_own()
    {
        // json: The_five_minutes_work, The_Python_page_is_true, Tokens_of_other_providers_are_accepted. sh: The_commands_of_the_pages_work. mermaid: The_picture_is_true. apache, haproxy, js, nginx, yaml: The_gateway_page_is_true. text: The_refusals_shown_are_real.
        Dictionary<string, string[]> known = new()
        {
            ["README.md"] = ["csharp", "json", "mermaid", "sh"],
            ["src/ApiJwt/docs/CLAIMS.md"] = ["csharp"],
            ["src/ApiJwt/docs/DESIGN.md"] = [],
            ["src/ApiJwt/docs/GATEWAY.md"] = ["apache", "haproxy", "js", "nginx", "yaml"],
            ["src/ApiJwt/docs/PYTHON.md"] = ["json", "sh"],
            ["src/ApiJwt/docs/ROTATION.md"] = ["csharp"],
            ["src/ApiJwt/docs/REFUSALS.md"] = ["csharp", "text"],
            ["src/ApiJwt/docs/INTEROP.md"] = ["csharp"],
            ["src/ApiJwt/docs/LOGOUT.md"] = ["csharp"],
            ["src/ApiJwt/docs/RENEWAL.md"] = ["csharp"],
            ["src/ApiJwt/docs/PRIVATE_KEY.md"] = ["csharp"],
            ["src/ApiJwt/docs/PROVIDERS.md"] = ["csharp", "json"],
            ["src/ApiJwt/docs/TELEMETRY.md"] = ["csharp"],
        };

        Page.Tested.ToDictionary(page => page.Path, page => page.Blocks.Select(block => block.Language).Distinct().Order().ToArray())
            .Should().BeEquivalentTo(known, "a new page, or a new language in one, needs a test that reads it");
    }
}
