using System.Text.Json;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Configuration;

namespace Hudya.Tests.AspNetCore;

public class The_withdrawn_tokens_are_published
{
    private const string Address = "/.well-known/revocations";

    [Fact]
    public async Task To_anyone_and_signed()
    {
        await using GuardedApp app = await StartAsync();
        app.Services.GetRequiredService<HudyaJwt>().Revocations.RevokeSubject("ann");

        HttpResponseMessage answer = await app.AskAsync(HttpMethod.Get, Address);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/jwt");
        answer.Headers.CacheControl!.ToString().Should().Be("public, max-age=1");
        string document = await answer.Content.ReadAsStringAsync(GuardedApp.Cancel);
        JsonDocument.Parse(Forge.TextOf(document.Split('.')[0])).RootElement.GetProperty("typ").GetString().Should().Be("apijwt-revocations+jwt");
        Forge.TextOf(document.Split('.')[1]).Should().NotContain("ann", "anyone can read the list");
    }

    [Fact]
    public async Task And_fetched_again_only_when_they_have_changed()
    {
        await using GuardedApp app = await StartAsync();
        string tag = (await app.AskAsync(HttpMethod.Get, Address)).Headers.ETag!.ToString();

        (await app.AskAsync(HttpMethod.Get, Address, tag)).StatusCode.Should().Be(HttpStatusCode.NotModified);
        app.Services.GetRequiredService<HudyaJwt>().Revocations.RevokeToken("an-id", TimeProvider.System.GetUtcNow().AddHours(1));

        HttpResponseMessage changed = await app.AskAsync(HttpMethod.Get, Address, tag);
        changed.StatusCode.Should().Be(HttpStatusCode.OK);
        changed.Headers.ETag!.ToString().Should().NotBe(tag);
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

    [Fact]
    public async Task But_not_where_nothing_can_sign_them()
    {
        Func<Task> start = () => GuardedApp.StartAsync(app => app.MapRevocations<HudyaJwt>());

        await start.Should().ThrowAsync<InvalidOperationException>().WithMessage("HudyaJwt has no private key*");
    }

    private static Task<GuardedApp> StartAsync() => GuardedApp.StartAsync(
        app => app.MapRevocations<HudyaJwt>(),
        builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("Jwt:PrivateKey", TestKeys.Ours.PrivateKeyPem)]);
            builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        });
}
