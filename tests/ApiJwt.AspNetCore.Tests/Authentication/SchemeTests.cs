using Microsoft.AspNetCore.Authorization;

namespace Hudya.Tests.AspNetCore.Authentication;

/// <summary>Tests several schemes in one application, each with the keys and the policy of its class.</summary>
public class SchemeTests
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

    /// <summary>A named scheme replaces the schemes of the default policy.</summary>
    [Theory]
    [InlineData("/attribute"), InlineData("/policy"), InlineData("/attribute-and-payload"), InlineData("/policy-and-payload")]
    [InlineData("/attribute-and-level"), InlineData("/policy-and-level"), InlineData("/named-policy-and-level"), InlineData("/stock-and-scope")]
    public async Task An_endpoint_can_accept_one_scheme_although_the_default_policy_has_two(string path)
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app =>
            {
                app.MapGet("/attribute", () => "").WithMetadata(Naming("Partner"));
                app.MapGet("/policy", () => "").RequireAuthorization(policy => policy.AddAuthenticationSchemes("Partner").RequireAnyScope("support:mobile", "partner:read"));
                app.MapGet("/attribute-and-payload", (VerifiedPayload _) => "").WithMetadata(Naming("Partner"));
                app.MapGet("/policy-and-payload", (VerifiedPayload _) => "").RequireAuthorization(policy => policy.AddAuthenticationSchemes("Partner").RequireAuthenticatedUser());
                app.MapGet("/attribute-and-level", () => "").RequireLevel(2).WithMetadata(Naming("Partner"));
                app.MapGet("/policy-and-level", () => "").RequireLevel(2).RequireAuthorization(policy => policy.AddAuthenticationSchemes("Partner").RequireAuthenticatedUser());
                app.MapGet("/named-policy-and-level", () => "").RequireLevel(2).RequireAuthorization("theirs");
                app.MapGet("/stock-and-scope", () => "").RequireAnyScope("support:mobile", "partner:read").RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = "Partner" });
                app.MapGet("/either", () => "").RequireAnyScope("support:mobile", "partner:read");
            },
            builder =>
            {
                PartnerJwt.AddTo(builder.Services);
                builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(PartnerJwt.BothPolicy)
                    .AddPolicy("theirs", policy => policy.AddAuthenticationSchemes("Partner").RequireAuthenticatedUser());
            });

        (await app.StatusOfAsync("/either", Ours)).Should().Be(HttpStatusCode.OK);
        (await app.StatusOfAsync("/either", Theirs)).Should().Be(HttpStatusCode.OK);
        (await app.StatusOfAsync(path, Theirs)).Should().Be(HttpStatusCode.OK);
        (await app.StatusOfAsync(path, Ours)).Should().Be(HttpStatusCode.Unauthorized);
    }

    /// <summary>A guard that names a scheme without tokens, such as one for cookies, must not accept the tokens of other schemes.</summary>
    [Theory]
    [InlineData("/attribute", false, true)]
    [InlineData("/attribute-and-payload", false, true)]
    [InlineData("/attribute-and-stock", false, true)]
    [InlineData("/stock-and-payload", false, true)]
    [InlineData("/cookies-and-payload", false, false)]
    [InlineData("/forwarded", true, false)]
    [InlineData("/forwarded-and-payload", true, false)]
    [InlineData("/forwarded-or-theirs", true, true)]
    public async Task A_guard_can_name_a_scheme_that_verifies_nothing_or_forwards_to_one_that_does(string path, bool takesOurs, bool takesTheirs)
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app =>
            {
                app.MapGet("/attribute", () => "").WithMetadata(Naming("Partner,Cookies"));
                app.MapGet("/attribute-and-payload", (VerifiedPayload _) => "").WithMetadata(Naming("Partner,Cookies"));
                app.MapGet("/attribute-and-stock", () => "").RequireAuthorization().WithMetadata(Naming("Partner,Cookies"));
                app.MapGet("/stock-and-payload", (VerifiedPayload _) => "").RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = "Partner,Cookies" });
                app.MapGet("/cookies-and-payload", (VerifiedPayload _) => "").RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = "Cookies" });
                app.MapGet("/forwarded", () => "").WithMetadata(Naming("Forwarding"));
                app.MapGet("/forwarded-and-payload", (VerifiedPayload _) => "").WithMetadata(Naming("Forwarding"));
                app.MapGet("/forwarded-or-theirs", () => "").WithMetadata(Naming("Forwarding,Partner"));
            },
            builder =>
            {
                PartnerJwt.AddTo(builder.Services)
                    .AddCookie("Cookies", options => options.Events.OnRedirectToLogin = context => Task.FromResult(context.Response.StatusCode = 401))
                    .AddPolicyScheme("Forwarding", null, options => options.ForwardDefault = "Bearer");
                builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(PartnerJwt.BothPolicy);
            });

        (await app.StatusOfAsync(path, Ours)).Should().Be(takesOurs ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
        (await app.StatusOfAsync(path, Theirs)).Should().Be(takesTheirs ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
    }

    /// <summary>The method is called after the connection was authenticated, with any scheme.</summary>
    [Fact]
    public async Task A_method_of_a_hub_can_accept_tokens_of_one_scheme()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(_ => { }, builder =>
        {
            PartnerJwt.AddTo(builder.Services);
            builder.Services.AddAuthentication("Bearer");
        });
        var policies = app.Services.GetRequiredService<IAuthorizationPolicyProvider>();
        AuthorizationPolicy? ofMethod = await AuthorizationPolicy.CombineAsync(policies, [new RequireScopeAttribute("support:mobile") { AuthenticationSchemes = "Partner" }]);

        (await MaySendAsync("Bearer")).Should().BeFalse();
        (await MaySendAsync("Partner")).Should().BeTrue();

        async Task<bool> MaySendAsync(string scheme)
        {
            var result = await app.Jwt.TokenHandler.ValidateTokenAsync(Ours, new() { AuthenticationType = scheme });
            return (await app.Services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(new(result.ClaimsIdentity), ofMethod!)).Succeeded;
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

    private static RequireAnyScopeAttribute Naming(string schemes) => new("support:mobile", "partner:read") { AuthenticationSchemes = schemes };
}
