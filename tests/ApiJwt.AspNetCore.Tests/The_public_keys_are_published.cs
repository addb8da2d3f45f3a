using System.Text.Json;
using Hudya.Tests.AspNetCore.Support;

namespace Hudya.Tests.AspNetCore;

public class The_public_keys_are_published
{
    private const string Address = "/.well-known/jwks.json";

    [Fact]
    public async Task As_a_key_set_that_anyone_may_read_and_keep_for_a_while()
    {
        await using GuardedApp app = await StartAsync();

        HttpResponseMessage answer = await app.GetAsync(Address);

        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/jwk-set+json");
        answer.Headers.CacheControl!.ToString().Should().Be("public, max-age=300");
        using JsonDocument set = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(GuardedApp.Cancel));
        JsonElement key = set.RootElement.GetProperty("keys").EnumerateArray().Should().ContainSingle().Which;
        key.EnumerateObject().Select(member => member.Name).Should().BeEquivalentTo("kty", "use", "alg", "kid", "n", "e");
        key.GetProperty("kid").GetString().Should().Be(TestKeys.Ours.KeyId);
    }

    [Fact]
    public async Task And_not_sent_again_to_those_who_have_them()
    {
        await using GuardedApp app = await StartAsync();
        string tag = (await app.GetAsync(Address)).Headers.ETag!.ToString();

        (await app.AskAsync(HttpMethod.Get, Address, tag)).StatusCode.Should().Be(HttpStatusCode.NotModified);
        (await app.AskAsync(HttpMethod.Get, Address, $"\"other\", W/{tag}")).StatusCode.Should().Be(HttpStatusCode.NotModified);
        (await app.AskAsync(HttpMethod.Get, Address, "*")).StatusCode.Should().Be(HttpStatusCode.NotModified);
        (await app.AskAsync(HttpMethod.Get, Address, "\"other\"")).StatusCode.Should().Be(HttpStatusCode.OK);

        app.Services.GetRequiredService<HudyaJwt>().Keys.AddPublic(TestKeys.Second.PublicKeyPem);

        HttpResponseMessage changed = await app.AskAsync(HttpMethod.Get, Address, tag);
        changed.StatusCode.Should().Be(HttpStatusCode.OK);
        (await changed.Content.ReadAsStringAsync(GuardedApp.Cancel)).Should().Contain(TestKeys.Second.KeyId);
    }

    [Fact]
    public async Task And_asked_for_by_HEAD_without_their_body()
    {
        await using GuardedApp app = await StartAsync();

        HttpResponseMessage answer = await app.AskAsync(HttpMethod.Head, Address);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.ETag.Should().NotBeNull();
        (await answer.Content.ReadAsByteArrayAsync(GuardedApp.Cancel)).Should().BeEmpty();
    }

    private static Task<GuardedApp> StartAsync() => GuardedApp.StartAsync(
        app => app.MapJwks<HudyaJwt>(),
        builder => builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()));
}
