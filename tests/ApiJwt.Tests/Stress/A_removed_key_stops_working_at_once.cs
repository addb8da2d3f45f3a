using System.Collections.Concurrent;

namespace Hudya.Tests.Stress;

public class A_removed_key_stops_working_at_once
{
    /// <summary>Other threads decode the token all the time, which fills the cache.</summary>
    [Theory]
    [InlineData(0), InlineData(1024)]
    public void A_removed_key_stops_working_on_every_thread_with_or_without_a_cache(int cacheSize)
    {
        var service = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem, TestKeys.Second.PublicKeyPem }, VerifiedTokenCacheSize = cacheSize });
        string token = Forge.Claims(Forge.GoodPayload);
        var wrong = new ConcurrentQueue<string>();
        // Odd while the key is removed. A decode with the same odd number before and after it ran without the key.
        int phase = 0;
        bool isOver = false;
        Thread[] readers = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                int before = Volatile.Read(ref phase);
                bool isValid = service.Decode(token).IsValid;
                if (isValid && before % 2 == 1 && Volatile.Read(ref phase) == before)
                    wrong.Enqueue("valid without its key");
            }
        }))];
        foreach (Thread reader in readers)
            reader.Start();

        for (int round = 0; round < 200; round++)
        {
            service.Keys.Override(publicKeys: [TestKeys.Second.PublicKeyPem]);
            Interlocked.Increment(ref phase);
            for (int i = 0; i < 10; i++)
            {
                if (service.Decode(token).Failure != TokenFailure.InvalidSignature)
                    wrong.Enqueue("not refused after the change");
            }

            Interlocked.Increment(ref phase);
            service.Keys.Reset();
            if (!service.Decode(token).IsValid)
                wrong.Enqueue("not accepted after the key came back");
        }

        Volatile.Write(ref isOver, true);
        foreach (Thread reader in readers)
            reader.Join();

        wrong.Should().BeEmpty();
    }
}
