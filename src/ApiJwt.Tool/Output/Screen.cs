using System.Text.Json;
using Spectre.Console;

namespace ApiJwts.Tool.Output;

/// <summary>Results go to standard output, and all else to standard error, so that a pipe gets the result alone.</summary>
internal sealed class Screen
{
    // No line is broken where a program reads.
    private const int Unbroken = 1_000_000;

    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    private readonly IAnsiConsole _result = On(Console.Out, Console.IsOutputRedirected);
    private readonly IAnsiConsole _aside = On(Console.Error, Console.IsErrorRedirected);

    /// <summary>A line of the result as it is, such as a token, which must not be broken.</summary>
    public static void WriteLine(string line) => Console.Out.WriteLine(line);

    /// <summary>The result for a script.</summary>
    public static void WriteJson(Action<Utf8JsonWriter> write)
    {
        using Stream output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, Indented))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>What nobody may overlook, in a box.</summary>
    /// <param name="title">In one or two words.</param>
    /// <param name="colour">Of the box.</param>
    /// <param name="lines">What it means.</param>
    public void Box(string title, Color colour, params string[] lines) => _result.Write(
        new Panel(new Rows([new Text(title, new Style(colour, decoration: Decoration.Bold)), .. lines.Select(line => new Text(line))]))
            .BorderColor(colour)
            .Padding(1, 0));

    /// <summary>A heading over facts.</summary>
    public void Heading(string text) => _result.Write(new Text(text + "\n", new Style(decoration: Decoration.Bold)));

    /// <summary>Names with what there is to say of each, in two columns.</summary>
    public void Facts(params IReadOnlyCollection<(string Name, string Value)> facts)
    {
        int width = facts.Max(fact => fact.Name.Length);
        foreach ((string name, string value) in facts)
        {
            // A grid of its own for each row: a common one would fill every row with blanks up to the longest.
            Grid row = new Grid()
                .AddColumn(new GridColumn().Width(width).NoWrap().Padding(2, 0, 2, 0))
                .AddColumn(new GridColumn().Padding(0, 0, 0, 0));
            _result.Write(row.AddRow(new Text(name, new Style(Color.Grey)), new Text(value)));
        }
    }

    /// <summary>Something beside the result.</summary>
    public void Say(string text) => _aside.Write(new Text(text + "\n"));

    /// <summary>Why there is no result.</summary>
    public void Fail(string text) => _aside.Write(new Text(text + "\n", new Style(Color.Red)));

    private static IAnsiConsole On(TextWriter writer, bool isRedirected)
    {
        bool isPlain = isRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
            // They would colour what a CI collects, which is no terminal.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (isRedirected)
            console.Profile.Width = Unbroken;
        return console;
    }
}
