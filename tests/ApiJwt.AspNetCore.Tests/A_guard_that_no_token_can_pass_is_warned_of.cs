using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.SignalR;

namespace Hudya.Tests.AspNetCore;

public sealed class A_guard_that_no_token_can_pass_is_warned_of
{
    public static TheoryData<Action<WebApplication>, string[]> Useless => new()
    {
        { app => app.MapGet("/x", () => "").RequireKey("Admin"), ["GET /x", "key 'Admin'", "HudyaJwt", "Did you mean 'admin'"] },
        { app => app.MapGet("/x", () => "").RequireKey("user", "suport"), ["GET /x", "key 'suport'", "Did you mean 'support'"] },
        { app => app.MapGet("/x", () => "").RequireKey("auth_admin"), ["GET /x", "'auth_admin'", "issuer of the key 'admin'"] },
        { app => app.MapGet("/x", () => "").RequireScope("support:mobil"), ["GET /x", "scope 'support:mobil'", "Did you mean 'support:mobile'"] },
        { app => app.MapGet("/x", () => "").RequireScope("support:mobile NO"), ["GET /x", "a space", "\"support:mobile\", \"NO\""] },
        { app => app.MapGet("/x", () => "").RequireScope("support:mobile", "NO"), ["GET /x", "support:mobile, NO together"] },
        { app => app.MapGet("/x", () => "").RequireAnyScope("support:mobile", "support:Power"), ["GET /x", "Did you mean 'support:power'"] },
        { app => app.MapGet("/x", () => "").RequireLevel(4.5), ["GET /x", "level 4.5", "highest level of HudyaJwt is 4.0"] },
        { app => app.MapGet("/x", () => "").RequireAuthorization("policy"), ["GET /x", "'support:pwer'", "Did you mean 'support:power'"] },
        { app => app.MapGroup("/group").RequireKey("users").MapGet("/x", () => ""), ["GET /group/x", "Did you mean 'user'"] },
        { app => app.MapHub<UselessHub>("/chat"), ["/chat", "key 'Support'", "Did you mean 'support'"] },
    };

    [Theory]
    [MemberData(nameof(Useless), DisableDiscoveryEnumeration = true)]
    public async Task With_the_name_that_was_probably_meant(Action<WebApplication> map, string[] expected)
    {
        await using GuardedApp app = await GuardedApp.StartAsync(map, builder =>
        {
            builder.Services.AddSignalR();
            builder.Services.AddAuthorizationBuilder().AddPolicy("policy", policy => policy.RequireScope("support:pwer"));
        });

        Warnings(app).Should().NotBeEmpty().And.OnlyHaveUniqueItems();
        Warnings(app)[0].Should().ContainAll(expected);
    }

    [Fact]
    public async Task But_none_that_a_token_can_pass()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(app =>
        {
            app.MapGet("/key", () => "").RequireKey("admin", "user").RequireLevel(4);
            app.MapGet("/scope", (VerifiedPayload me) => me.Subject).RequireScope("user:all", "NO").RequireAnyScope("support:all", "admin:all");
        });

        Warnings(app).Should().BeEmpty();
    }

    /// <summary>A class without keys verifies tokens of any scope and level. But it finds the key of none.</summary>
    [Fact]
    public async Task Of_a_class_without_a_policy_no_key_is_known()
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(
            app =>
            {
                app.MapGet("/key", () => "").RequireKey("admin");
                app.MapGet("/blank", () => "").RequireScope("a b");
                app.MapGet("/other", () => "").RequireScope("whatever").RequireLevel(7);
            },
            builder =>
            {
                builder.Services.AddApiJwt<NoPolicy>(options => options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem));
                builder.Services.AddAuthentication().AddApiJwt<NoPolicy>();
                builder.Services.AddAuthorization();
            });

        Warnings(app).Should().SatisfyRespectively(
            key => key.Should().ContainAll("GET /key", "NoPolicy allows no key", "Policy.AllowKey"),
            blank => blank.Should().ContainAll("GET /blank", "a space"));
        // And the built-in keys of the Python library, which are for issuing, are not found in anybody's tokens.
        (await app.GetAsync("/key", GuardedApp.Issue("admin"))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task With_two_classes_the_names_of_both_count()
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(
            app =>
            {
                app.MapGet("/either", () => "").RequireKey("support", "partner");
                app.MapGet("/ours", () => "").WithMetadata(new RequireKeyAttribute("partner") { AuthenticationSchemes = "Bearer" });
            },
            builder =>
            {
                builder.Services.AddApiJwt<HudyaJwt>(options => options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem));
                builder.Services.AddApiJwt<PartnerJwt>(options => options.PublicKeys.Add(TestKeys.Second.PublicKeyPem));
                builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>().AddApiJwt<PartnerJwt>("Partner");
                builder.Services.AddAuthorizationBuilder()
                    .SetDefaultPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder("Bearer", "Partner").RequireAuthenticatedUser().Build());
            });

        Warnings(app).Should().ContainSingle().Which.Should().ContainAll("GET /ours", "not a key of HudyaJwt");
    }

    [Theory]
    [InlineData(null, "no scheme authenticates its callers")]
    [InlineData(CookieAuthenticationDefaults.AuthenticationScheme, "only cookies authenticate its callers")]
    [InlineData("Bearer", null)]
    public async Task One_that_no_scheme_of_ours_authenticates_for(string? byDefault, string? expected)
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app =>
            {
                app.MapGet("/x", () => "").RequireKey("admin");
                app.MapGet("/named", () => "").WithMetadata(new RequireKeyAttribute("admin") { AuthenticationSchemes = "Bearer" });
                app.MapGet("/open", () => "");
            },
            builder => builder.Services.AddAuthentication(options => options.DefaultScheme = byDefault).AddCookie());

        if (expected is null)
            Warnings(app).Should().BeEmpty();
        else
            Warnings(app).Should().ContainSingle().Which.Should().ContainAll("GET /x", expected, "AddAuthentication(\"Bearer\")");
    }

    [Fact]
    public async Task Cookies_that_hand_bearer_tokens_on_are_no_such_scheme()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGet("/x", () => "").RequireKey("support"),
            builder => builder.Services.AddAuthentication("Cookies").AddCookie(options => options.ForwardDefaultSelector = _ => "Bearer"));

        Warnings(app).Should().BeEmpty();
        (await app.GetAsync("/x", GuardedApp.Issue())).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Authorization_before_authentication_is_said_once()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(app =>
        {
            app.UseAuthorization();
            app.UseAuthentication();
            app.MapGet("/x", () => "").RequireKey("support");
        });

        for (int i = 0; i < 2; i++)
            (await app.GetAsync("/x", GuardedApp.Issue())).StatusCode.Should().Be(HttpStatusCode.Unauthorized);

        Warnings(app).Should().ContainSingle().Which.Should().ContainAll("UseAuthentication", "before UseAuthorization");
    }

    [Fact]
    public async Task And_a_caller_without_a_token_is_none_of_it()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(app => app.MapGet("/x", () => "").RequireKey("support"));

        (await app.GetAsync("/x")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);

        Warnings(app).Should().BeEmpty();
    }

    [Fact]
    public async Task A_scheme_that_is_added_twice_is_refused()
    {
        Action twice = () => new ServiceCollection().AddAuthentication().AddApiJwt<HudyaJwt>().AddApiJwt<PartnerJwt>();
        Func<Task> besideStock = () => GuardedApp.StartAsync(_ => { }, builder =>
        {
            builder.Services.AddApiJwt<PartnerJwt>(options => options.PublicKeys.Add(TestKeys.Second.PublicKeyPem));
            builder.Services.AddAuthentication().AddJwtBearer("Partner").AddApiJwt<PartnerJwt>("Partner");
        });

        twice.Should().Throw<InvalidOperationException>().WithMessage("The scheme 'Bearer' was already added*AddApiJwt<PartnerJwt>(\"PartnerJwt\")*");
        await besideStock.Should().ThrowAsync<InvalidOperationException>().WithMessage("The scheme 'Partner' was already added by AddJwtBearer*");
    }

    [Fact]
    public async Task The_refusals_of_a_class_that_takes_no_logger_are_logged()
    {
        await using GuardedApp app = await SessionJwt.StartAsync(app => app.MapGet("/x", () => "").RequireKey("admin"));

        await app.GetAsync("/x", "no token");

        app.Log.Lines.Should().ContainSingle(line => line.StartsWith("Information: Refused a token: Malformed", StringComparison.Ordinal));
    }

    private static string[] Warnings(GuardedApp app) => [.. app.Log.Lines.Where(line => line.StartsWith("Warning: ", StringComparison.Ordinal))];

    private sealed class NoPolicy(ApiJwtOptions options) : ApiJwt(options);

    private sealed class PartnerJwt : ApiJwt
    {
        public PartnerJwt(ApiJwtOptions options)
            : base(options) => Policy.AllowKey("partner", issuer: "auth_partner", scopes: ["partner:read"]);
    }

    private sealed class UselessHub : Hub
    {
        [RequireKey("Support")]
        public string Send() => "";
    }
}
