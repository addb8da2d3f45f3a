namespace ApiJwts;

/// <summary>Starts work that several callers may wait for. It belongs to none of them: not to the trace, and not to the HttpContext of a request.</summary>
internal static class BackgroundTask
{
    public static Task<T> Run<T>(Func<Task<T>> work)
    {
        using (ExecutionContext.SuppressFlow())
            return Task.Run(work);
    }

    public static Task Run(Func<Task> work)
    {
        using (ExecutionContext.SuppressFlow())
            return Task.Run(work);
    }
}
