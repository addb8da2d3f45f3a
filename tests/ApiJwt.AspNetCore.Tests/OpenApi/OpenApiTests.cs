using System.Text.Json;
using ApiJwts.OpenApi;
using Hudya.Tests.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hudya.Tests.AspNetCore.OpenApi;

/// <summary>Compares the OpenAPI document of an endpoint with its answers.</summary>
public sealed class OpenApiTests(SharedApp<OpenApiTests> shared) : IClassFixture<SharedApp<OpenApiTests>>, IStartsApp
{
    private static readonly Func<string> In = () => "in";

    private readonly GuardedApp _app = shared.App;

    /// <summary>A path, its description in the document, its status without a token, and its status with a token without scopes.</summary>
    [Theory]
    [InlineData("open", "", 200, 200)]
    [InlineData("authorize", "Bearer() 401", 401, 200)]
    [InlineData("anonymous", "", 200, 200)]
    [InlineData("payload", "Bearer() 401", 401, 200)]
    [InlineData("payload-of-parameters", "Bearer() 401", 401, 200)]
    [InlineData("payload-or-none", "", 200, 200)]
    [InlineData("scope", "Bearer(support:mobile) 401 403", 401, 403)]
    [InlineData("scopes", "Bearer(support:mobile,support:power) 401 403", 401, 403)]
    [InlineData("any", "Bearer(support:mobile) Bearer(support:power) 401 403", 401, 403)]
    [InlineData("all-and-any", "Bearer(support:all,support:mobile) Bearer(support:all,support:power) 401 403", 401, 403)]
    [InlineData("key", "Bearer() 401 403", 401, 403)]
    [InlineData("level", "Bearer() 401", 401, 401)]
    [InlineData("level-and-scope", "Bearer(support:mobile) 401 403", 401, 403)]
    [InlineData("role", "Bearer() 401 403", 401, 403)]
    [InlineData("requirement", "Bearer() 401 403", 401, 403)]
    [InlineData("policy", "Bearer(support:mobile) Bearer(support:power) 401 403", 401, 403)]
    [InlineData("group/member", "Bearer(support:mobile) 401 403", 401, 403)]
    [InlineData("group/open", "", 200, 200)]
    [InlineData("partner", "Partner(partner:read) 401 403", 401, 401)]
    [InlineData("partner-payload", "Partner() 401", 401, 401)]
    [InlineData("either", "Bearer(support:mobile) Partner(support:mobile) 401 403", 401, 403)]
    [InlineData("forwarded", "Bearer(support:mobile) Partner(support:mobile) 401 403", 401, 403)]
    [InlineData("cookie", "", 302, 302)]
    [InlineData("cookie-or-token", "Bearer() 401", 401, 200)]
    [InlineData("actions/open", "Bearer() 401", 401, 200)]
    [InlineData("actions/mobile", "Bearer(support:mobile) 401 403", 401, 403)]
    [InlineData("actions/anonymous", "", 200, 200)]
    public async Task The_document_says_what_an_endpoint_requires(string path, string described, int anonymous, int bare)
    {
        Describe(await DocumentAsync(_app), path).Should().Be(described);
        ((int)await _app.StatusOfAsync(path)).Should().Be(anonymous);
        ((int)await _app.StatusOfAsync(path, GuardedApp.Issue())).Should().Be(bare);
    }

    [Fact]
    public async Task The_document_has_every_scheme_of_this_library() =>
        (await DocumentAsync(_app)).GetProperty("components").GetProperty("securitySchemes").GetRawText().Should().Match(
            """{*"Bearer": {*"type": "http",*"scheme": "bearer",*"bearerFormat": "JWT"*}*"Partner": {*}*}""").And.NotContain("Cookies");

    [Theory]
    [InlineData("payload"), InlineData("payload-of-parameters"), InlineData("payload/action"), InlineData("payload/constructor")]
    public async Task The_document_never_says_that_a_client_sends_a_payload(string path)
    {
        JsonElement document = await DocumentAsync(_app);
        JsonElement operation = OperationOf(document, path);

        operation.TryGetProperty("parameters", out _).Should().BeFalse();
        operation.TryGetProperty("requestBody", out _).Should().BeFalse();
        document.GetRawText().Should().NotContain(nameof(VerifiedPayload));
    }

    [Fact]
    public async Task Declarations_of_the_application_stay_in_the_document()
    {
        await using GuardedApp app = await StartAsync(options => options.AddApiJwt());
        JsonElement document = await DocumentAsync(app);
        JsonElement answers = OperationOf(document, "declared").GetProperty("responses");

        answers.GetProperty("401").GetProperty("description").GetString().Should().Be("Who are you?");
        answers.GetProperty("403").GetProperty("content").GetProperty("application/problem+json").GetProperty("schema").GetProperty("$ref").GetString()
            .Should().Be("#/components/schemas/ProblemDetails");
        Describe(document, "scope").Should().Be("Bearer(support:mobile) 401 403", "a second call adds nothing");
    }

    [Theory]
    [InlineData("level-and-scope", "401", "The token is missing or not valid, or was not issued at level 3.1 or higher.")]
    [InlineData("level-and-scope", "403", "The token is valid, but does not have what is required: all of the scopes support:mobile.")]
    [InlineData("key", "403", "The token is valid, but does not have what is required: one of the keys admin.")]
    [InlineData("role", "403", "The token is valid, but the caller may not do this.")]
    public async Task The_document_says_in_words_what_is_required(string path, string answer, string words) =>
        OperationOf(await DocumentAsync(_app), path).GetProperty("responses").GetProperty(answer).GetProperty("description").GetString().Should().Be(words);

    [Fact]
    public async Task A_document_of_OpenAPI_3_0_has_no_scopes_in_its_requirements()
    {
        await using GuardedApp app = await StartAsync(options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0);

        Describe(await DocumentAsync(app), "any").Should().Be("Bearer() 401 403");
    }

    [Fact]
    public async Task The_default_and_the_fallback_policy_are_in_the_document()
    {
        await using GuardedApp app = await StartAsync(services: services => services.AddAuthorizationBuilder()
            .SetDefaultPolicy(PartnerJwt.BothPolicy)
            .SetFallbackPolicy(new AuthorizationPolicyBuilder("Partner").RequireKey("partner").Build()));
        JsonElement document = await DocumentAsync(app);

        Describe(document, "open").Should().Be("Partner() 401 403");
        Describe(document, "authorize").Should().Be("Bearer() Partner() 401");
        Describe(document, "scope").Should().Be("Bearer(support:mobile) Partner(support:mobile) 401 403");
        Describe(document, "partner").Should().Be("Partner(partner:read) 401 403");
        Describe(document, "partner-payload").Should().Be("Partner() 401");
        Describe(document, "anonymous").Should().BeEmpty();
    }

    [Fact]
    public async Task No_document_is_made_if_no_scheme_verifies_tokens()
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(
            app => app.MapOpenApi(), builder => builder.Services.AddOpenApi(options => options.AddApiJwt()));

        await app.Awaiting(it => it.GetAsync("openapi/v1.json")).Should().ThrowAsync<InvalidOperationException>().WithMessage("*'v1'*AddAuthentication().AddApiJwt<T>()*");
    }

    static Task<GuardedApp> IStartsApp.StartAsync() => StartAsync();

    private static Task<GuardedApp> StartAsync(Action<OpenApiOptions>? configure = null, Action<IServiceCollection>? services = null) => GuardedApp.StartAsync(
        app =>
        {
            app.MapOpenApi().AllowAnonymous();
            app.MapGet("/open", In);
            app.MapGet("/authorize", In).RequireAuthorization();
            app.MapGet("/anonymous", In).RequireAuthorization().AllowAnonymous();
            app.MapGet("/payload", (VerifiedPayload caller) => caller.Subject);
            app.MapGet("/payload-of-parameters", ([AsParameters] Needs needs) => needs.Caller.Subject);
            app.MapGet("/payload-or-none", ([FromServices] VerifiedPayload? caller) => caller?.Subject ?? "in");
            app.MapGet("/scope", In).RequireScope("support:mobile");
            app.MapGet("/scopes", In).RequireScope("support:mobile", "support:power");
            app.MapGet("/any", In).RequireAnyScope("support:mobile", "support:power");
            app.MapGet("/all-and-any", In).RequireScope("support:all").RequireAnyScope("support:mobile", "support:power");
            app.MapGet("/key", In).RequireKey("admin");
            app.MapGet("/level", In).RequireLevel(3.1);
            app.MapGet("/level-and-scope", In).RequireLevel(3.0).RequireLevel(3.1).RequireScope("support:mobile");
            app.MapGet("/role", In).RequireAuthorization(policy => policy.RequireRole("admin"));
            app.MapGet("/requirement", In).WithMetadata(new NeverAttribute());
            app.MapGet("/policy", In).RequireAuthorization("named");
            app.MapGet("/declared", In).RequireScope("support:mobile").ProducesProblem(403).WithMetadata(new ProducesResponseTypeAttribute(401) { Description = "Who are you?" });
            app.MapGroup("/group").RequireScope("support:mobile").MapGet("/member", In);
            app.MapGroup("/group").RequireAuthorization().MapGet("/open", In).AllowAnonymous();
            app.MapGet("/partner", In).WithMetadata(new RequireScopeAttribute("partner:read") { AuthenticationSchemes = "Partner" });
            app.MapGet("/partner-payload", (VerifiedPayload caller) => caller.Subject).RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = "Partner" });
            app.MapGet("/either", In).RequireAuthorization(new AuthorizationPolicyBuilder("Bearer", "Partner").RequireScope("support:mobile").Build());
            app.MapGet("/forwarded", In).WithMetadata(new RequireScopeAttribute("support:mobile") { AuthenticationSchemes = "Forwarding" });
            app.MapGet("/cookie", In).RequireAuthorization(policy => policy.AddAuthenticationSchemes("Cookies").RequireAuthenticatedUser());
            app.MapGet("/cookie-or-token", In).RequireAuthorization(policy => policy.AddAuthenticationSchemes("Cookies", "Bearer").RequireAuthenticatedUser());
            app.MapControllers().RequireAuthorization();
        },
        builder =>
        {
            PartnerJwt.AddTo(builder.Services);
            builder.Services.AddAuthentication("Bearer").AddCookie().AddPolicyScheme("Forwarding", null, options => options.ForwardDefault = "Bearer");
            builder.Services.AddAuthorizationBuilder().AddPolicy("named", policy => policy.RequireAnyScope("support:mobile", "support:power"));
            builder.Services.AddControllers().AddApplicationPart(typeof(GuardedActionsController).Assembly);
            builder.Services.AddOpenApi(options =>
            {
                options.AddApiJwt();
                configure?.Invoke(options);
            });
            services?.Invoke(builder.Services);
        });

    private static async Task<JsonElement> DocumentAsync(GuardedApp app) => JsonDocument.Parse(await app.GetTextAsync("/openapi/v1.json")).RootElement;

    private static JsonElement OperationOf(JsonElement document, string path) => document.GetProperty("paths").GetProperty($"/{path}").GetProperty("get");

    private static string Describe(JsonElement document, string path)
    {
        JsonElement operation = OperationOf(document, path);
        IEnumerable<string> security = operation.TryGetProperty("security", out JsonElement alternatives)
            ? alternatives.EnumerateArray().SelectMany(alternative => alternative.EnumerateObject())
                .Select(scheme => $"{scheme.Name}({string.Join(',', scheme.Value.EnumerateArray().Select(scope => scope.GetString()))})")
            : [];
        IEnumerable<string> refusals = operation.GetProperty("responses").EnumerateObject().Select(answer => answer.Name).Where(status => status[0] == '4');
        return string.Join(' ', security.Concat(refusals));
    }

    private sealed record Needs(VerifiedPayload Caller);

    /// <summary>A requirement of the application that no handler meets.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class NeverAttribute : Attribute, IAuthorizationRequirementData, IAuthorizationRequirement
    {
        public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
    }
}
