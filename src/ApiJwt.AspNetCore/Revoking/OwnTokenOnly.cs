namespace ApiJwts.AspNetCore.Revoking;

/// <summary>Marks an endpoint without a guard, at which a caller may revoke the token that it presents and no other.</summary>
internal sealed class OwnTokenOnly
{
    private OwnTokenOnly()
    {
    }

    public static OwnTokenOnly Instance { get; } = new();
}
