using Microsoft.AspNetCore.SignalR;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>The hub call that a service scope was created for, if it was created for one.</summary>
internal sealed class HubCall
{
    public bool IsUnderWay { get; set; }

    /// <summary>The hub; <see langword="null"/> while it is constructed.</summary>
    public Hub? Hub { get; set; }
}
