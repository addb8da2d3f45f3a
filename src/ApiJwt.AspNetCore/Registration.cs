using Microsoft.Extensions.Options;

namespace ApiJwts.AspNetCore;

/// <summary>The settings of one class, and whether an application may start with them.</summary>
internal sealed class Registration<T> : IValidateOptions<ApiJwtOptions>
    where T : ApiJwt
{
    public static string Name { get; } = typeof(T).FullName!;

    /// <summary>Whether <typeparamref name="T"/> is in use. From then on, bad settings are logged by those who would take them over.</summary>
    public bool IsRunning { get; set; }

    public ValidateOptionsResult Validate(string? name, ApiJwtOptions options)
    {
        if (name != Name || IsRunning)
            return ValidateOptionsResult.Skip;
        try
        {
            RefuseAddress(options);
            _ = new Probe(options);
            return ValidateOptionsResult.Success;
        }
        catch (ApiJwtException fault)
        {
            return ValidateOptionsResult.Fail($"{typeof(T).Name} cannot work with its settings. {fault.Message}");
        }
    }

    public static void RefuseAddress(ApiJwtOptions options)
    {
        if (options.JwksUri is not { } address)
            return;
        string name = options.Name(nameof(options.JwksUri));
        if (!address.IsAbsoluteUri || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
            throw new ApiJwtException($"{name} must be an absolute https address: whoever can change a key set on its way can sign any token. http is for this machine's own addresses, such as localhost, only. Where there is no TLS, give the keys with PublicKeys.");
        if (address.UserInfo.Length > 0 || address.Query.Length > 0)
            throw new ApiJwtException($"{name} must have no user name and no query: it stands in log lines. Public keys need no secret to be read.");
    }

    /// <summary>Runs every check of the base class, and nothing of <typeparamref name="T"/>'s own constructor.</summary>
    private sealed class Probe(ApiJwtOptions options) : ApiJwt(options);
}
