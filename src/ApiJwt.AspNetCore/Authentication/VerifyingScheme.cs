namespace ApiJwts.AspNetCore;

/// <summary>An authentication scheme whose tokens a class derived from <see cref="ApiJwt"/> verifies.</summary>
/// <remarks>
/// <see cref="ApiJwtAuthenticationBuilderExtensions"/> registers one instance for each scheme. Resolve an <see cref="IEnumerable{T}"/> of
/// them from the services. Instances are immutable and thread-safe.
/// </remarks>
public sealed class VerifyingScheme
{
    internal VerifyingScheme(string name, Func<IServiceProvider, ApiJwt> find)
    {
        Name = name;
        Find = find;
    }

    /// <summary>The name of the scheme, such as <c>Bearer</c>.</summary>
    public string Name { get; }

    internal Func<IServiceProvider, ApiJwt> Find { get; }

    /// <summary>
    /// Whether at least one scheme is named, and each named scheme verifies tokens itself. A scheme that does not verify tokens may forward the
    /// request to a scheme that does.
    /// </summary>
    internal static bool AreAll(IReadOnlyCollection<string> names, IEnumerable<VerifyingScheme> verifying) =>
        names.Count > 0 && names.All(name => verifying.Any(scheme => scheme.Name == name));
}
