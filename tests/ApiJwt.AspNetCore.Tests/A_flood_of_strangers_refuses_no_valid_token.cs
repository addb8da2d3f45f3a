using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.AspNetCore;

/// <remarks>
/// CI runs a short version. The long one:
/// <c>APIJWT_FLOOD_REQUESTS=240000 dotnet test --project tests/ApiJwt.AspNetCore.Tests --filter-class "*A_flood_of_strangers_refuses_no_valid_token"</c>.
/// </remarks>
public class A_flood_of_strangers_refuses_no_valid_token(ITestOutputHelper output)
{
    private static readonly int Requests = int.Parse(Environment.GetEnvironmentVariable("APIJWT_FLOOD_REQUESTS") ?? "100", CultureInfo.InvariantCulture);

    // Each request with an unknown key waits for the next fetch, so a client makes about one request a second.
    private static readonly int Clients = Math.Clamp(Requests / 100, 16, 3000);

    /// <summary>Every token of the flood names an unknown key. Every rotation signs with the new key before the API has fetched it.</summary>
    [Fact]
    public async Task A_flood_refuses_no_token_of_a_key_that_signs_as_soon_as_it_is_published()
    {
        await using AuthService auth = await AuthService.StartAsync(TestKeys.Ours);
        await using GuardedApp app = await GuardedApp.StartAsync(
            [("JwksUri", auth.KeySet.ToString())],
            app => app.MapGet("/", () => "").RequireScope("support:mobile"),
            builder => builder.Logging.ClearProviders());
        int left = Requests;
        int strangers = 0;
        int admitted = 0;
        int rotations = 0;
        int valid = 0;
        int refused = 0;
        long begun = TimeProvider.System.GetTimestamp();

        Task[] flood = [.. Enumerable.Range(0, Clients).Select(_ => Task.Run(
            async () =>
            {
                while (Interlocked.Decrement(ref left) >= 0)
                {
                    HttpStatusCode answer = await app.StatusOfAsync("/", Forge.Sign($$"""{"alg":"RS256","kid":"{{Guid.NewGuid()}}"}""", Forge.GoodPayload, TestKeys.ForeignKey));
                    Interlocked.Increment(ref strangers);
                    if (answer != HttpStatusCode.Unauthorized)
                        Interlocked.Increment(ref admitted);
                }
            },
            GuardedApp.Cancel))];
        var all = Task.WhenAll(flood);
        while (!all.IsCompleted)
        {
            string old = auth.Jwt.Keys.SigningKeyId!;
            auth.Jwt.Keys.Rotate(RsaKeyPair.Generate().PrivateKeyPem);
            rotations++;
            HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => app.StatusOfAsync("/", auth.Issue("support", "support:mobile"))));
            valid += answers.Length;
            refused += answers.Count(answer => answer != HttpStatusCode.OK);
            auth.Jwt.Keys.Remove(old);
        }

        await all;
        double seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{strangers} requests with unknown key ids by {Clients} clients in {seconds:F1} s, {admitted} let in; {rotations} rotations, {valid} requests with a new key's token, {refused} refused; {auth.Fetches} fetches"));
        strangers.Should().Be(Requests);
        admitted.Should().Be(0);
        refused.Should().Be(0);
        rotations.Should().BeGreaterThan(1);
        auth.Fetches.Should().BeLessThanOrEqualTo((int)seconds + 2, "fetches are at least a second apart");
    }
}
