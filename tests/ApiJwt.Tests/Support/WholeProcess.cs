namespace Hudya.Tests.Support;

/// <summary>The collection of tests that change state of the whole process. No other test runs at the same time.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess
{
    /// <summary>Runs a function with environment variables set, and restores the old values.</summary>
    public static T WithEnvironment<T>(Func<T> run, params (string Name, string? Value)[] variables)
    {
        var old = variables.Select(variable => (variable.Name, Value: Environment.GetEnvironmentVariable(variable.Name))).ToList();
        try
        {
            foreach ((string name, string? value) in variables)
                Environment.SetEnvironmentVariable(name, value);
            return run();
        }
        finally
        {
            foreach ((string name, string? value) in old)
                Environment.SetEnvironmentVariable(name, value);
        }
    }
}
