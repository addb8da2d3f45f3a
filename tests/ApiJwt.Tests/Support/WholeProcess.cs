namespace Hudya.Tests.Support;

/// <summary>For tests that change what the whole process shares: no other test runs beside them.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess
{
    /// <summary>Runs something with environment variables, and puts the old values back.</summary>
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
