using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Authorization;
using Microsoft.Extensions.Options;

namespace Hudya.Tests.AspNetCore;

public class An_attribute_guards_wherever_it_is_read
{
    public static TheoryData<AuthorizeAttribute> Attributes =>
    [
        new RequireScopeAttribute("support:mobile"),
        new RequireAnyScopeAttribute("support:mobile", "support:all"),
        new RequireLevelAttribute(3.1),
        new RequireKeyAttribute("support", "a, \"key\" with: everything"),
    ];

    [Theory]
    [MemberData(nameof(Attributes), DisableDiscoveryEnumeration = true)]
    public async Task By_a_filter_of_MVC(AuthorizeAttribute attribute)
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapControllers(),
            builder => builder.Services.AddControllers(options => options.Filters.Add(new AuthorizeFilter([attribute])))
                .AddApplicationPart(typeof(WhoAmIController).Assembly));

        (await app.GetAsync("/whoami", GuardedApp.Issue("support", 3.1, "support:mobile"))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await app.GetAsync("/whoami", GuardedApp.Issue("user", 3.0, "user:all"))).IsSuccessStatusCode.Should().BeFalse();
    }

    [Fact]
    public async Task By_whoever_combines_policies()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(_ => { });
        var provider = app.Services.GetRequiredService<IAuthorizationPolicyProvider>();

        AuthorizationPolicy? policy = await AuthorizationPolicy.CombineAsync(provider, [new RequireScopeAttribute("a"), new RequireLevelAttribute(3.1)]);

        policy!.Requirements.Select(requirement => requirement.ToString()).Should().Contain(["all of the scopes a", "level 3.1 or higher"]);
    }

    [Fact]
    public async Task And_stops_a_service_in_which_no_scheme_verifies_tokens()
    {
        Func<Task> start = () => GuardedApp.StartBareAsync(app => app.MapGet("/", () => "").RequireScope("support:mobile"), builder =>
        {
            builder.Services.AddApiJwt<HudyaJwt>(options => options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem));
            builder.Services.AddAuthorization();
        });

        await start.Should().ThrowAsync<InvalidOperationException>().WithMessage("*GET / requires a token*no authentication scheme*AddAuthentication().AddApiJwt*");
    }

    [Fact]
    public async Task With_the_policies_of_the_application_in_force_as_before()
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(
            app => app.MapGet("/", () => "").RequireAuthorization("theirs").RequireScope("support:mobile"),
            builder =>
            {
                builder.Services.AddSingleton<IAuthorizationPolicyProvider, Theirs>();
                builder.Services.AddApiJwt<HudyaJwt>(options => options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem));
                builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
                builder.Services.AddAuthorization();
            });

        (await app.GetAsync("/", GuardedApp.Issue("support", 3.1, "support:mobile"))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await app.GetAsync("/", GuardedApp.Issue("support", 3.0, "support:mobile"))).IsSuccessStatusCode.Should().BeFalse();
        (await app.GetAsync("/", GuardedApp.Issue("support", 3.1, "support:power"))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    private sealed class Theirs(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
    {
        public override Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) => policyName == "theirs"
            ? Task.FromResult<AuthorizationPolicy?>(new AuthorizationPolicyBuilder().RequireLevel(3.1).Build())
            : base.GetPolicyAsync(policyName);
    }
}
