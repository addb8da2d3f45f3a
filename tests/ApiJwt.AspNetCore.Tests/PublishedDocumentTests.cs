using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Configuration;

namespace Hudya.Tests.AspNetCore;

/// <summary>Tests the endpoints of the key set and of the list of revoked tokens, which are public and can be cached.</summary>
public class PublishedDocumentTests
{
    private const string KeySet = "/.well-known/jwks.json";
    private const string Revocations = "/.well-known/revocations";

    [Theory]
    [InlineData(KeySet, "application/jwk-set+json", "public, max-age=300")]
    [InlineData(Revocations, "application/jwt", "public, max-age=1")]
    public async Task A_document_has_a_content_type_and_says_how_long_it_may_be_cached(string path, string type, string cached)
    {
        await using GuardedApp app = await StartAsync();

        HttpResponseMessage answer = await app.GetAsync(path);
        HttpResponseMessage head = await app.AskAsync(HttpMethod.Head, path);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.Should().Be(type);
        answer.Headers.CacheControl!.ToString().Should().Be(cached);
        head.StatusCode.Should().Be(HttpStatusCode.OK);
        head.Headers.ETag.Should().NotBeNull().And.Be(answer.Headers.ETag);
        (await head.Content.ReadAsByteArrayAsync(GuardedApp.Cancel)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(KeySet), InlineData(Revocations)]
    public async Task A_document_is_not_sent_again_to_a_client_that_has_it(string path)
    {
        await using GuardedApp app = await StartAsync();
        string tag = (await app.GetAsync(path)).Headers.ETag!.ToString();

        foreach (string known in (string[])[tag, $"\"other\", W/{tag}", "*"])
            (await app.AskAsync(HttpMethod.Get, path, known)).StatusCode.Should().Be(HttpStatusCode.NotModified);
        (await app.AskAsync(HttpMethod.Get, path, "\"other\"")).StatusCode.Should().Be(HttpStatusCode.OK);

        app.Jwt.Keys.AddPublic(TestKeys.Second.PublicKeyPem);
        app.Jwt.Revocations.RevokeToken("an-id", TimeProvider.System.GetUtcNow().AddHours(1));
        HttpResponseMessage changed = await app.AskAsync(HttpMethod.Get, path, tag);
        changed.StatusCode.Should().Be(HttpStatusCode.OK);
        changed.Headers.ETag!.ToString().Should().NotBe(tag);
        if (path == KeySet)
            (await changed.Content.ReadAsStringAsync(GuardedApp.Cancel)).Should().Contain(TestKeys.Second.KeyId);
    }

    [Fact]
    public async Task A_service_that_cannot_sign_the_list_of_revoked_tokens_does_not_start()
    {
        Func<Task> start = () => GuardedApp.StartAsync(app => app.MapRevocations<HudyaJwt>());

        await start.Should().ThrowAsync<InvalidOperationException>().WithMessage("HudyaJwt has no private key*");
    }

    private static Task<GuardedApp> StartAsync() => GuardedApp.StartAsync(
        app =>
        {
            app.MapJwks<HudyaJwt>();
            app.MapRevocations<HudyaJwt>();
        },
        builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("Jwt:PrivateKey", TestKeys.Ours.PrivateKeyPem)]);
            builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        });
}
