namespace ApiJwts.AspNetCore.Authentication;

/// <summary>A scheme that verifies tokens, and the class that it does so with.</summary>
internal sealed record VerifyingScheme(string Name, Func<IServiceProvider, ApiJwt> Find)
{
    /// <summary>Whether schemes are named and each verifies tokens itself. One that does not may hand the request to one that does.</summary>
    public static bool AreAll(IReadOnlyCollection<string> names, IEnumerable<VerifyingScheme> verifying) =>
        names.Count > 0 && names.All(name => verifying.Any(scheme => scheme.Name == name));
}
