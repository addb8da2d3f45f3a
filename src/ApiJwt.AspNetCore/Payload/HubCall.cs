using Microsoft.AspNetCore.SignalR;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>The call of a hub that a scope of services was made for, if it was made for one.</summary>
internal sealed class HubCall
{
    public bool IsUnderWay { get; set; }

    /// <summary>The hub; <see langword="null"/> while it is constructed.</summary>
    public Hub? Hub { get; set; }
}
