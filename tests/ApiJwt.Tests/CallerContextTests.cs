using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests;

/// <summary>A desktop application that blocks in its only thread would otherwise wait forever.</summary>
public sealed class CallerContextTests : IDisposable
{
    private readonly KeyServer _server = new(TestKeys.Ours);
    private readonly ElsewhereSigner _signer = new(TestKeys.Ours);

    public static TheoryData<string> Calls => ["EncodeAsync", "ToDocumentAsync", "DecodeAsync", "RecognizesAsync", "ValidateTokenAsync", "RefreshAsync"];

    [Theory]
    [MemberData(nameof(Calls))]
    public void No_call_returns_to_the_context_of_its_caller(string call)
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Gate = answered.Task;
        _signer.Sign = async (input, cancel) =>
        {
            await answered.Task.WaitAsync(cancel).ConfigureAwait(false);
            return _signer.SignNow(input);
        };
        var auth = new PlainJwt(new ApiJwtOptions { Signer = _signer });
        var api = new PlainJwt(_server.Options());
        string token = Issued.By(TestKeys.Ours);
        var context = new CountingContext();
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            CancellationToken cancel = TestContext.Current.CancellationToken;
            Task task = call switch
            {
                "EncodeAsync" => auth.EncodeAsync(new TokenRequest { Subject = "ann" }, cancel).AsTask(),
                "ToDocumentAsync" => auth.Revocations.ToDocumentAsync(cancel).AsTask(),
                "DecodeAsync" => api.DecodeAsync(token, cancel).AsTask(),
                "RecognizesAsync" => api.RecognizesAsync(token, cancel).AsTask(),
                "ValidateTokenAsync" => api.TokenHandler.ValidateTokenAsync(token, new TokenValidationParameters()),
                _ => api.Keys.RefreshAsync(cancel),
            };
            task.IsCompleted.Should().BeFalse("the call must wait for something");
            answered.SetResult();
            Block(task);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        context.Posts.Should().Be(0);
    }

    public void Dispose()
    {
        _server.Dispose();
        _signer.Dispose();
    }

    private static void Block(Task task) => task.Wait(TestContext.Current.CancellationToken);

    private sealed class CountingContext : SynchronizationContext
    {
        private int _posts;

        public int Posts => Volatile.Read(ref _posts);

        public override void Post(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref _posts);
            base.Post(d, state);
        }
    }
}
