using System.Collections.Concurrent;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class KeyRingThreadTests
{
    private const int Readers = 4;
    private const int Rounds = 40;

    private readonly PlainJwt _jwt = new(new ApiJwtOptions
    {
        PrivateKey = TestKeys.Ours.PrivateKeyPem,
        PublicKeys = { TestKeys.Ours.PublicKeyPem },
        VerifiedTokenCacheSize = 8,
    });

    [Fact]
    public async Task Changes_of_keys_cause_no_wrong_verdict_on_other_threads()
    {
        string staying = Issued.By(TestKeys.Ours);
        string coming = Issued.By(TestKeys.Second);
        string foreign = Issued.By(TestKeys.Foreign);
        var wrong = new ConcurrentBag<string>();
        using var changing = new CancellationTokenSource();
        using var started = new CountdownEvent(Readers);

        // The readers never wait, so they run on their own threads and do not block the thread pool.
        Task[] readers = [.. Enumerable.Range(0, Readers).Select(_ => Task.Factory.StartNew(() =>
        {
            started.Signal();
            while (!changing.IsCancellationRequested)
            {
                if (!_jwt.Decode(staying).IsValid)
                    wrong.Add("refused a token whose key was always there");
                if (_jwt.Decode(foreign).IsValid)
                    wrong.Add("accepted a token whose key was never there");
                if (_jwt.Decode(coming) is { IsValid: false, Failure: not TokenFailure.InvalidSignature })
                    wrong.Add("gave another reason than the missing key");
                if (_jwt.Keys.KeyIds.Count == 0 || _jwt.Keys.ToJwks().Length < 100)
                    wrong.Add("showed a ring without a key");
            }
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        started.Wait(TestContext.Current.CancellationToken);
        for (int round = 0; round < Rounds; round++)
        {
            _jwt.Keys.AddPublic(TestKeys.Second.PublicKeyPem);
            if (!_jwt.Decode(coming).IsValid)
                wrong.Add("refused a token after its key was added");
            _jwt.Keys.Override([TestKeys.Ours.PublicKeyPem]);
            if (_jwt.Decode(coming).IsValid)
                wrong.Add("accepted a token after its key was replaced");
            _jwt.Keys.Override([TestKeys.Ours.PublicKeyPem], TestKeys.Second.PrivateKeyPem);
            if (!_jwt.Decode(_jwt.Encode(new TokenRequest { Subject = "ann" })).IsValid)
                wrong.Add("refused a token of its own");
            _jwt.Keys.Reset();
            if (_jwt.Decode(coming).IsValid)
                wrong.Add("accepted a token after its key was reset away");
        }

        await changing.CancelAsync();
        await Task.WhenAll(readers);

        wrong.Distinct().Should().BeEmpty();
    }

    [Fact]
    public async Task Two_keys_that_are_added_at_the_same_time_are_both_kept()
    {
        for (int round = 0; round < Rounds; round++)
        {
            using var together = new Barrier(2);
            await Task.WhenAll(new[] { TestKeys.Second, TestKeys.Foreign }.Select(pair => Task.Run(
                () =>
                {
                    together.SignalAndWait(TestContext.Current.CancellationToken);
                    _jwt.Keys.AddPublic(pair.PublicKeyPem);
                },
                TestContext.Current.CancellationToken)));

            _jwt.Keys.KeyIds.Should().BeEquivalentTo(TestKeys.Ours.KeyId, TestKeys.Second.KeyId, TestKeys.Foreign.KeyId);
            _jwt.Keys.Reset();
        }
    }
}
