using Microsoft.Extensions.Options;

namespace ApiJwts.AspNetCore;

/// <summary>Where the settings of one class come from, and whether an application may start with them.</summary>
internal sealed class Registration<T> : IValidateOptions<ApiJwtOptions>
    where T : ApiJwt
{
    public static string Name { get; } = typeof(T).FullName!;

    public required string Origin { get; init; }

    /// <summary>Whether <typeparamref name="T"/> is in use. From then on, bad settings are logged by those who would take them over.</summary>
    public bool IsRunning { get; set; }

    public ValidateOptionsResult Validate(string? name, ApiJwtOptions options)
    {
        if (name != Name || IsRunning)
            return ValidateOptionsResult.Skip;
        try
        {
            _ = new Probe(options);
            return ValidateOptionsResult.Success;
        }
        catch (ApiJwtException fault)
        {
            return ValidateOptionsResult.Fail($"{typeof(T).Name} cannot work with its settings, which come from {Origin}. {fault.Message}");
        }
    }

    /// <summary>Runs every check of the base class, and nothing of <typeparamref name="T"/>'s own constructor.</summary>
    private sealed class Probe(ApiJwtOptions options) : ApiJwt(options);
}
