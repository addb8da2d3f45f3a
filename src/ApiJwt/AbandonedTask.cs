namespace ApiJwts;

/// <summary>Reads the exception of a task that may fail after its last caller has left, so that it does not reach <see cref="TaskScheduler.UnobservedTaskException"/>.</summary>
internal static class AbandonedTask
{
    public static void Observe(Task task) =>
        _ = task.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
