namespace Hudya.Tests.AspNetCore.Support;

/// <summary>The app that the tests of a class share.</summary>
public sealed class SharedApp<T> : IAsyncLifetime
    where T : IStartsApp
{
    public GuardedApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await T.StartAsync();

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
