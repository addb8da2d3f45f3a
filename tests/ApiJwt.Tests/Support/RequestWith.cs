namespace Hudya.Tests.Support;

/// <summary>Requests with a subject and one extra.</summary>
public static class RequestWith
{
    public static TokenRequest Extra(string name, ClaimValue value) =>
        new() { Subject = "ann", Extras = new Dictionary<string, ClaimValue> { [name] = value } };
}
