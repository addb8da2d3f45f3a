using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class KeyRingThreadTests
{
    [Fact]
    public async Task Two_keys_that_are_added_at_the_same_time_are_both_kept()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);
        for (int round = 0; round < 40; round++)
        {
            using var together = new Barrier(2);
            await Task.WhenAll(new[] { TestKeys.Second, TestKeys.Foreign }.Select(pair => Task.Run(
                () =>
                {
                    together.SignalAndWait(TestContext.Current.CancellationToken);
                    jwt.Keys.AddPublic(pair.PublicKeyPem);
                },
                TestContext.Current.CancellationToken)));

            jwt.Keys.KeyIds.Should().BeEquivalentTo(TestKeys.Ours.KeyId, TestKeys.Second.KeyId, TestKeys.Foreign.KeyId);
            jwt.Keys.Reset();
        }
    }
}
