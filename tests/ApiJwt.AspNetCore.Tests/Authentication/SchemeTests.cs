using Microsoft.AspNetCore.Authorization;

namespace Hudya.Tests.AspNetCore.Authentication;

/// <summary>Tests several schemes in one application, each with the keys and the policy of its class.</summary>
public sealed class SchemeTests(SharedApp<SchemeTests> shared) : IClassFixture<SharedApp<SchemeTests>>, IStartsApp
{
    private static readonly string Ours = GuardedApp.Issue("support", 3, "support:mobile");
    private static readonly string Theirs = PartnerJwt.Issue(level: 3);

    [Fact]
    public async Task Each_scheme_has_the_keys_and_the_policy_of_its_class()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app =>
            {
                app.MapGet("/ours", () => "").RequireScope("support:mobile");
                app.MapGet("/theirs", (VerifiedPayload caller) => caller.Key)
                    .WithMetadata(new RequireScopeAttribute("partner:read") { AuthenticationSchemes = "Partner" });
                app.MapGet("/either", (HttpContext context) => context.GetVerifiedPayload()!.Issuer)
                    .RequireAuthorization(new AuthorizationPolicyBuilder("Bearer", "Partner").RequireAnyScope("support:mobile", "partner:read").Build());
            },
            builder =>
            {
                PartnerJwt.AddTo(builder.Services);
                builder.Services.AddAuthentication("Bearer");
            });

        (await app.StatusOfAsync("/ours", Ours)).Should().Be(HttpStatusCode.OK);
        (await app.StatusOfAsync("/ours", Theirs)).Should().Be(HttpStatusCode.Unauthorized);
        (await app.GetTextAsync("/theirs", Theirs)).Should().Be("partner");
        (await app.StatusOfAsync("/theirs", Ours)).Should().Be(HttpStatusCode.Unauthorized);
        (await app.GetTextAsync("/either", Ours)).Should().Be("auth_support");
        (await app.GetTextAsync("/either", Theirs)).Should().Be("auth_partner");
        app.Log.Lines.Should().NotContainMatch("*Refused a token*", "a class does not judge tokens of the other class");
    }

    /// <summary>The schemes that a guard names replace those of the default policy. One that verifies nothing, such as one for cookies, adds no tokens.</summary>
    [Theory]
    [InlineData("/either", true, true)]
    [InlineData("/attribute", false, true), InlineData("/attribute-and-payload", false, true), InlineData("/attribute-and-level", false, true)]
    [InlineData("/policy", false, true), InlineData("/policy-and-payload", false, true), InlineData("/policy-and-level", false, true)]
    [InlineData("/named-policy-and-level", false, true), InlineData("/stock-and-scope", false, true)]
    [InlineData("/with-cookies", false, true), InlineData("/with-cookies-and-payload", false, true), InlineData("/with-cookies-and-stock", false, true)]
    [InlineData("/stock-with-cookies-and-payload", false, true), InlineData("/cookies-and-payload", false, false)]
    [InlineData("/forwarded", true, false), InlineData("/forwarded-and-payload", true, false), InlineData("/forwarded-or-theirs", true, true)]
    public async Task A_guard_accepts_tokens_of_the_schemes_that_it_names_and_of_no_others(string path, bool takesOurs, bool takesTheirs)
    {
        (await shared.App.StatusOfAsync(path, Ours)).Should().Be(takesOurs ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
        (await shared.App.StatusOfAsync(path, Theirs)).Should().Be(takesTheirs ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
    }

    /// <summary>The method is called after the connection was authenticated, with any scheme.</summary>
    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_method_of_a_hub_can_accept_tokens_of_one_scheme(bool isNamedPolicy)
    {
        var policies = shared.App.Services.GetRequiredService<IAuthorizationPolicyProvider>();
        AuthorizationPolicy? ofMethod = await AuthorizationPolicy.CombineAsync(
            policies, [isNamedPolicy ? new AuthorizeAttribute("theirs-with-scope") : new RequireScopeAttribute("support:mobile") { AuthenticationSchemes = "Partner" }]);

        (await MaySendAsync("Bearer")).Should().BeFalse();
        (await MaySendAsync("Partner")).Should().BeTrue();

        async Task<bool> MaySendAsync(string scheme)
        {
            var result = await shared.App.Jwt.TokenHandler.ValidateTokenAsync(Ours, new() { AuthenticationType = scheme });
            return (await shared.App.Services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(new(result.ClaimsIdentity), ofMethod!)).Succeeded;
        }
    }

    [Fact]
    public async Task A_scheme_that_is_added_twice_is_refused()
    {
        Action twice = () => new ServiceCollection().AddAuthentication().AddApiJwt<HudyaJwt>().AddApiJwt<PartnerJwt>();
        Func<Task> besideStock = () => GuardedApp.StartAsync(_ => { }, builder =>
        {
            builder.Services.AddAuthentication().AddJwtBearer("Partner");
            PartnerJwt.AddTo(builder.Services);
        });

        twice.Should().Throw<InvalidOperationException>().WithMessage("The scheme 'Bearer' was already added*AddApiJwt<PartnerJwt>(\"PartnerJwt\")*");
        await besideStock.Should().ThrowAsync<InvalidOperationException>().WithMessage("The scheme 'Partner' was already added by AddJwtBearer*");
    }

    [Fact]
    public async Task A_scheme_without_its_class_and_a_guard_without_a_scheme_say_what_to_register()
    {
        Func<Task> withoutClass = () => StartAsync(services => services.AddAuthentication().AddApiJwt<HudyaJwt>());
        Func<Task> withoutScheme = () => StartAsync(services => services.AddApiJwt<HudyaJwt>(options => options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem)));

        await withoutClass.Should().ThrowAsync<InvalidOperationException>().WithMessage("*AddApiJwt<HudyaJwt>*");
        await withoutScheme.Should().ThrowAsync<InvalidOperationException>().WithMessage("*GET / requires a token*no authentication scheme*AddAuthentication().AddApiJwt*");

        static Task StartAsync(Action<IServiceCollection> add) => GuardedApp.StartBareAsync(app => app.MapGet("/", () => "").RequireScope("support:mobile"), builder =>
        {
            add(builder.Services);
            builder.Services.AddAuthorization();
        });
    }

    [Fact]
    public async Task The_refusals_of_a_class_that_takes_no_logger_are_logged()
    {
        await using GuardedApp app = await SessionJwt.StartAsync(app => app.MapGet("/x", () => "").RequireKey("admin"));

        await app.GetAsync("/x", "no token");

        app.Log.Lines.Should().ContainSingle(line => line.StartsWith("Information: Refused a token: Malformed", StringComparison.Ordinal));
    }

    static Task<GuardedApp> IStartsApp.StartAsync() => GuardedApp.StartAsync(
        app =>
        {
            app.MapGet("/either", () => "").RequireAnyScope("support:mobile", "partner:read");
            app.MapGet("/attribute", () => "").WithMetadata(Naming("Partner"));
            app.MapGet("/attribute-and-payload", (VerifiedPayload _) => "").WithMetadata(Naming("Partner"));
            app.MapGet("/attribute-and-level", () => "").RequireLevel(2).WithMetadata(Naming("Partner"));
            app.MapGet("/policy", () => "").RequireAuthorization(policy => policy.AddAuthenticationSchemes("Partner").RequireAnyScope("support:mobile", "partner:read"));
            app.MapGet("/policy-and-payload", (VerifiedPayload _) => "").RequireAuthorization(OfPartners);
            app.MapGet("/policy-and-level", () => "").RequireLevel(2).RequireAuthorization(OfPartners);
            app.MapGet("/named-policy-and-level", () => "").RequireLevel(2).RequireAuthorization("theirs");
            app.MapGet("/stock-and-scope", () => "").RequireAnyScope("support:mobile", "partner:read").RequireAuthorization(Stock("Partner"));
            app.MapGet("/with-cookies", () => "").WithMetadata(Naming("Partner,Cookies"));
            app.MapGet("/with-cookies-and-payload", (VerifiedPayload _) => "").WithMetadata(Naming("Partner,Cookies"));
            app.MapGet("/with-cookies-and-stock", () => "").RequireAuthorization().WithMetadata(Naming("Partner,Cookies"));
            app.MapGet("/stock-with-cookies-and-payload", (VerifiedPayload _) => "").RequireAuthorization(Stock("Partner,Cookies"));
            app.MapGet("/cookies-and-payload", (VerifiedPayload _) => "").RequireAuthorization(Stock("Cookies"));
            app.MapGet("/forwarded", () => "").WithMetadata(Naming("Forwarding"));
            app.MapGet("/forwarded-and-payload", (VerifiedPayload _) => "").WithMetadata(Naming("Forwarding"));
            app.MapGet("/forwarded-or-theirs", () => "").WithMetadata(Naming("Forwarding,Partner"));
        },
        builder =>
        {
            PartnerJwt.AddTo(builder.Services)
                .AddCookie("Cookies", options => options.Events.OnRedirectToLogin = context => Task.FromResult(context.Response.StatusCode = 401))
                .AddPolicyScheme("Forwarding", null, options => options.ForwardDefault = "Bearer");
            builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(PartnerJwt.BothPolicy)
                .AddPolicy("theirs", OfPartners)
                .AddPolicy("theirs-with-scope", policy => policy.AddAuthenticationSchemes("Partner").RequireScope("support:mobile"));
        });

    private static void OfPartners(AuthorizationPolicyBuilder policy) => policy.AddAuthenticationSchemes("Partner").RequireAuthenticatedUser();

    private static AuthorizeAttribute Stock(string schemes) => new() { AuthenticationSchemes = schemes };

    private static RequireAnyScopeAttribute Naming(string schemes) => new("support:mobile", "partner:read") { AuthenticationSchemes = schemes };
}
