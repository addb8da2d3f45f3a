using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;

namespace Hudya.Tests.AspNetCore.Revoking;

/// <summary>Tests the endpoint of RFC 7009, at which a client revokes its token.</summary>
public class RevocationEndpointTests
{
    /// <summary>The client sends the token as its credential only, or in the form of the RFC too.</summary>
    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task A_client_revokes_its_own_token_and_no_other_of_the_same_person(bool isForm)
    {
        await using GuardedApp app = await StartAsync();
        string token = Issue(app);
        string other = Issue(app);
        Task<HttpResponseMessage> RevokeAsync() =>
            isForm ? PostAsync(app, token, token, "access_token") : app.Client(token).PostAsync("/revoke", null, GuardedApp.Cancel);

        HttpResponseMessage answer = await RevokeAsync();

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        (await app.StatusOfAsync("/me", token)).Should().Be(HttpStatusCode.Unauthorized);
        (await app.StatusOfAsync("/me", other)).Should().Be(HttpStatusCode.OK, "another login of the same person stays valid");
        (await RevokeAsync()).StatusCode.Should().Be(HttpStatusCode.OK, "a second logout is not an error");
    }

    [Fact]
    public async Task A_client_cannot_revoke_the_token_of_another()
    {
        await using GuardedApp app = await StartAsync();
        string token = Issue(app);
        string other = Issue(app);

        (await ErrorOfAsync(await PostAsync(app, token, other))).Should().Be("unauthorized_client");

        (await app.StatusOfAsync("/me", other)).Should().Be(HttpStatusCode.OK);
        (await app.StatusOfAsync("/me", token)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_a_credential_no_token_is_revoked()
    {
        await using GuardedApp app = await StartAsync(services: builder =>
            builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()));
        string token = Issue(app);

        HttpResponseMessage none = await PostAsync(app, bearer: null, token);
        none.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        none.Headers.WwwAuthenticate.ToString().Should().Be("Bearer");

        HttpResponseMessage forged = await PostAsync(app, token + "x", token);
        forged.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        forged.Headers.WwwAuthenticate.ToString().Should().StartWith("Bearer error=\"invalid_token\"");
        (await app.StatusOfAsync("/me", token)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_caller_that_passes_a_guard_can_revoke_any_token()
    {
        await using GuardedApp app = await StartAsync(map: revocation => revocation.RequireKey("admin"));
        string admin = Issue(app, "admin");
        string token = Issue(app);

        (await PostAsync(app, token, token)).StatusCode.Should().Be(HttpStatusCode.Forbidden, "only the guard decides");
        (await PostAsync(app, null, token)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await PostAsync(app, admin, token)).StatusCode.Should().Be(HttpStatusCode.OK);

        (await app.StatusOfAsync("/me", token)).Should().Be(HttpStatusCode.Unauthorized);
        (await app.StatusOfAsync("/me", admin)).Should().Be(HttpStatusCode.OK);
        foreach (string useless in (string[])[token, "no-token", token + "x"])
            (await PostAsync(app, admin, useless)).StatusCode.Should().Be(HttpStatusCode.OK, "RFC 7009 answers 200 for a token that is already invalid");
    }

    [Fact]
    public async Task A_guard_of_the_group_counts_as_a_guard_of_the_endpoint()
    {
        await using GuardedApp app = await SessionJwt.StartAsync(app => app.MapGroup("/admin").RequireKey("admin").MapRevocation<SessionJwt>());

        (await app.Client(Issue(app)).PostAsync("/admin/revoke", null, GuardedApp.Cancel)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_guard_that_is_switched_off_does_not_count()
    {
        await using GuardedApp app = await StartAsync(map: revocation => revocation.RequireAuthorization().AllowAnonymous());
        string token = Issue(app);

        (await PostAsync(app, bearer: null, token)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await ErrorOfAsync(await PostAsync(app, Issue(app), token))).Should().Be("unauthorized_client");
    }

    [Theory]
    [InlineData("application/json", "{\"token\":\"x\"}")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nx\r\n--b--\r\n")]
    [InlineData("application/x-www-form-urlencoded", "token=a&token=b")]
    [InlineData("", "token=a")]
    public async Task A_body_in_another_form_is_refused_before_anything_is_revoked(string type, string body)
    {
        await using GuardedApp app = await StartAsync();
        string token = Issue(app);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type.Length > 0)
            content.Headers.TryAddWithoutValidation("Content-Type", type);

        (await ErrorOfAsync(await app.Client(token).PostAsync("/revoke", content, GuardedApp.Cancel))).Should().Be("invalid_request");

        (await app.StatusOfAsync("/me", token)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_client_is_told_that_a_token_without_an_id_or_for_another_service_cannot_be_revoked()
    {
        await using GuardedApp app = await StartAsync();
        string withoutId = GuardedApp.Issue();
        string forOrders = new SessionJwt(TestKeys.Issuing).Encode(new TokenRequest { Subject = "ann", Audience = "orders" });

        foreach (string token in (string[])[withoutId, forOrders])
            (await ErrorOfAsync(await app.Client(token).PostAsync("/revoke", null, GuardedApp.Cancel))).Should().Be("unsupported_token_type");

        (await app.StatusOfAsync("/me", withoutId)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_client_must_retry_while_the_list_of_revocations_is_unavailable()
    {
        await using GuardedApp app = await StartAsync(options => options.RevocationsUri = new Uri("http://localhost:1/revocations"));

        HttpResponseMessage answer = await app.Client(Issue(app)).PostAsync("/revoke", null, GuardedApp.Cancel);

        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.Should().NotBeNull();
    }

    private static Task<GuardedApp> StartAsync(
        Action<ApiJwtOptions>? configure = null, Action<IEndpointConventionBuilder>? map = null, Action<WebApplicationBuilder>? services = null) =>
        SessionJwt.StartAsync(
            app =>
            {
                app.MapGet("/me", (VerifiedPayload me) => me.Subject);
                IEndpointConventionBuilder revocation = app.MapRevocation<SessionJwt>();
                map?.Invoke(revocation);
            },
            configure,
            services);

    private static string Issue(GuardedApp app, string key = "user") =>
        app.Services.GetRequiredService<SessionJwt>().Encode(new TokenRequest { Subject = "ann", Key = key });

    private static async Task<HttpResponseMessage> PostAsync(GuardedApp app, string? bearer, string token, string? hint = null)
    {
        using var form = new FormUrlEncodedContent(hint is null ? [new("token", token)] : [new("token", token), new("token_type_hint", hint)]);
        return await app.Client(bearer).PostAsync("/revoke", form, GuardedApp.Cancel);
    }

    private static async Task<string> ErrorOfAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(GuardedApp.Cancel));
        json.RootElement.GetProperty("error_description").GetString().Should().NotBeNullOrEmpty();
        return json.RootElement.GetProperty("error").GetString()!;
    }
}
