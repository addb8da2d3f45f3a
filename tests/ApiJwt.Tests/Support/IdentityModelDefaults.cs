using System.IdentityModel.Tokens.Jwt;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.Support;

/// <summary>Restores the static settings of IdentityModel, which the whole process shares, when it is disposed.</summary>
public sealed class IdentityModelDefaults : IDisposable
{
    private readonly CryptoProviderFactory _factory = CryptoProviderFactory.Default;
    private readonly bool _cachesProviders = CryptoProviderFactory.DefaultCacheSignatureProviders;
    private readonly bool _mapsNewInbound = JsonWebTokenHandler.DefaultMapInboundClaims;
    private readonly bool _mapsOldInbound = JwtSecurityTokenHandler.DefaultMapInboundClaims;
    private readonly Dictionary<string, string> _newInbound = new(JsonWebTokenHandler.DefaultInboundClaimTypeMap);
    private readonly Dictionary<string, string> _oldInbound = new(JwtSecurityTokenHandler.DefaultInboundClaimTypeMap);
    private readonly Dictionary<string, string> _oldOutbound = new(JwtSecurityTokenHandler.DefaultOutboundClaimTypeMap);
    private readonly bool _showsPersonalData = IdentityModelEventSource.ShowPII;

    public void Dispose()
    {
        CryptoProviderFactory.Default = _factory;
        CryptoProviderFactory.DefaultCacheSignatureProviders = _cachesProviders;
        JsonWebTokenHandler.DefaultMapInboundClaims = _mapsNewInbound;
        JwtSecurityTokenHandler.DefaultMapInboundClaims = _mapsOldInbound;
        JsonWebTokenHandler.DefaultInboundClaimTypeMap = _newInbound;
        JwtSecurityTokenHandler.DefaultInboundClaimTypeMap = _oldInbound;
        JwtSecurityTokenHandler.DefaultOutboundClaimTypeMap = _oldOutbound;
        IdentityModelEventSource.ShowPII = _showsPersonalData;
    }
}
