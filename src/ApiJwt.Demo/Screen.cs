namespace HudyaDemo;

/// <summary>Prints the output of the demo, in colour if it is not redirected.</summary>
internal static class Screen
{
    private static readonly bool HasColour =
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public static void Chapter(string title)
    {
        Console.WriteLine();
        Print(ConsoleColor.Cyan, $"── {title} ──");
    }

    public static void Say(string text) => Console.WriteLine("   " + text);

    public static void Fact(string name, string value) => Console.WriteLine($"   {name,-12} {value}");

    public static void Good(string text) => Print(ConsoleColor.Green, "   ✔ " + text);

    public static void Refused(string text) => Print(ConsoleColor.Yellow, "   ✘ " + text);

    private static void Print(ConsoleColor colour, string text)
    {
        if (HasColour)
            Console.ForegroundColor = colour;
        Console.WriteLine(text);
        if (HasColour)
            Console.ResetColor();
    }
}
