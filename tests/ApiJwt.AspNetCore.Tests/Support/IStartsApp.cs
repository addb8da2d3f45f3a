namespace Hudya.Tests.AspNetCore.Support;

/// <summary>A test class whose tests share one app. A test that reads the log or changes the app starts its own.</summary>
public interface IStartsApp
{
    public static abstract Task<GuardedApp> StartAsync();
}
