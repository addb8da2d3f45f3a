using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class One_instance_serves_many_threads
{
    [Fact]
    public async Task And_mixes_up_no_two_tokens()
    {
        var jwt = new HudyaJwt(TestKeys.Issuing);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(() => IssueAndRead(jwt, worker), TestContext.Current.CancellationToken)));
    }

    private static void IssueAndRead(HudyaJwt jwt, int worker)
    {
        (string key, string scope) = worker % 2 == 0 ? ("user", "NO") : ("support", "support:mobile");
        for (int turn = 0; turn < 25; turn++)
        {
            string subject = $"{worker}/{turn}";
            string token = jwt.Encode(new TokenRequest { Subject = subject, Key = key, Scopes = [scope], Level = worker % 4 });
            for (int look = 0; look < 3; look++)
            {
                VerifiedPayload payload = jwt.Decode(token).Payload!;
                (payload.Subject, payload.Key, payload.Level, payload.Scopes.Single()).Should().Be((subject, key, worker % 4, scope));
            }

            jwt.Decode(token[..^2]).IsBad.Should().BeTrue();
        }
    }
}
