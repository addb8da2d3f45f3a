namespace Hudya.Tests.Support;

/// <summary>Requests that differ from a bare one in what a test is about.</summary>
public static class RequestWith
{
    public static TokenRequest Extra(string name, ClaimValue value) =>
        new() { Subject = "ann", Extras = new Dictionary<string, ClaimValue> { [name] = value } };
}
