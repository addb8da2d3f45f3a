namespace ApiJwts.Tool.Issuing;

/// <summary>Allows everything that one request asks for. The policy of a service may allow less; <c>--assembly</c> applies that policy.</summary>
internal sealed class DevelopmentJwt : ApiJwt
{
    public DevelopmentJwt(ApiJwtOptions options, TokenRequest request, string issuer, IEnumerable<ExtraClaim> extras)
        : base(options)
    {
        Policy.AllowKey(request.Key!, issuer, request.Scopes ?? []);
        if (request.Level is { } level)
            Policy.AllowLevels(level);
        foreach (ExtraClaim extra in extras)
            Policy.AllowExtra(extra.Declaration);
    }
}
