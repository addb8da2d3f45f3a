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
}
