namespace Hudya.Tests.AspNetCore.Support;

/// <summary>A service of the application that needs to know the caller.</summary>
public sealed class Cart(VerifiedPayload owner)
{
    public string Owner => owner.Subject;
}
