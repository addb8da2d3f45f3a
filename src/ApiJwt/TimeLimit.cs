namespace ApiJwts;

/// <summary>Limits the time of code of the application, such as an HTTP client or a signer, which may block or ignore a cancellation.</summary>
internal static class TimeLimit
{
    /// <summary>Waits for <paramref name="work"/> until the limit, by the system clock. After it, the work may still be running.</summary>
    /// <exception cref="OperationCanceledException">The limit was reached.</exception>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit, TimeProvider.System);
        Task<T> running = Task.Run(() => work(timeout.Token));
        AbandonedTask.Observe(running);
        return await running.WaitAsync(timeout.Token).ConfigureAwait(false);
    }
}
