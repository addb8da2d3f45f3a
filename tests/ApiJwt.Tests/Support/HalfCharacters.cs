namespace Hudya.Tests.Support;

/// <summary>Texts with lone surrogates. They are in code because attributes and the test runner cannot hold them.</summary>
public static class HalfCharacters
{
    public static IReadOnlyList<string> Texts { get; } = ["\ud83d", "\ude00", "ann\ud83d", "\ude00ann", "\ude00\ud83d", "😀\ud83d"];
}
