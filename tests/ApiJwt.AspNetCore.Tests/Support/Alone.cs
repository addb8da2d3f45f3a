namespace Hudya.Tests.AspNetCore.Support;

/// <summary>For tests that count slow requests: no other test runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
