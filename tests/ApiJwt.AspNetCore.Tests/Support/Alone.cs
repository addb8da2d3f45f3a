namespace Hudya.Tests.AspNetCore.Support;

/// <summary>The collection of tests that measure slow requests or metrics. No other test runs at the same time.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
