namespace ApiJwts;

/// <summary>The data of <see cref="RevocationList.Revoked"/>.</summary>
public sealed class RevokedEventArgs : EventArgs
{
    internal RevokedEventArgs(Revocation revocation) => Revocation = revocation;

    /// <summary>The entry that was added.</summary>
    public Revocation Revocation { get; }
}
