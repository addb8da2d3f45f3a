using Microsoft.Identity.Web;

namespace Hudya.Tests.Beside;

/// <summary>With both namespaces in one file, <c>RequireScope</c> is ambiguous on endpoints (CS0121). Theirs requires any of the scopes, ours all.</summary>
public class Microsoft_Identity_Web_has_a_RequireScope_too
{
    [Fact]
    public async Task The_attribute_or_the_class_selects_our_RequireScope()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(app =>
        {
            // The file must use a type of their namespace.
            app.MapGet("/host", () => Constants.LoginHint);
            app.MapGet("/orders", () => "in").WithMetadata(new RequireScopeAttribute("support:mobile", "support:power"));
            ApiJwtAuthorizationExtensions.RequireScope(app.MapGet("/called", () => "in"), "support:mobile", "support:power");
        });

        foreach (string path in (string[])["/orders", "/called"])
        {
            (await app.GetAsync(path, GuardedApp.Issue("support", null, "support:mobile", "support:power"))).StatusCode.Should().Be(HttpStatusCode.OK);
            (await app.GetAsync(path, GuardedApp.Issue("support", null, "support:mobile"))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        }
    }
}
