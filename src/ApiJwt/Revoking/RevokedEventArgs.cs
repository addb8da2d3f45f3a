namespace ApiJwts;

/// <summary>What was withdrawn.</summary>
public sealed class RevokedEventArgs : EventArgs
{
    internal RevokedEventArgs(Revocation revocation) => Revocation = revocation;

    /// <summary>The withdrawal.</summary>
    public Revocation Revocation { get; }
}
