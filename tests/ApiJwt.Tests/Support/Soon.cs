namespace Hudya.Tests.Support;

/// <summary>Waits for what happens in the background.</summary>
public static class Soon
{
    public static async Task ItIsTrueAsync(Func<bool> condition)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        enough.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition())
            await Task.Delay(5, enough.Token);
    }
}
