namespace Hudya.Tests.Support;

/// <summary>Texts with lone surrogates. They stand in code because neither an attribute nor the test runner can carry them.</summary>
public static class HalfCharacters
{
    public static IReadOnlyList<string> Texts { get; } = ["\ud83d", "\ude00", "ann\ud83d", "\ude00ann", "\ude00\ud83d", "😀\ud83d"];
}
