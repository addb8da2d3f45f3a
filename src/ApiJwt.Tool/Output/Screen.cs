using System.Text.Json;
using Spectre.Console;

namespace ApiJwts.Tool.Output;

/// <summary>Writes results to standard output and everything else to standard error, so that a pipe gets only the result.</summary>
internal sealed class Screen
{
    // Lines are not wrapped if a program reads them.
    private const int Unbroken = 1_000_000;

    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    private readonly IAnsiConsole _result = On(Console.Out, Console.IsOutputRedirected);
    private readonly IAnsiConsole _notes = On(Console.Error, Console.IsErrorRedirected);

    /// <summary>Writes one line of the result without wrapping, such as a token.</summary>
    public static void WriteLine(string line) => Console.Out.WriteLine(line);

    /// <summary>Writes the result as JSON, for a script.</summary>
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

    /// <summary>Writes an important message in a box.</summary>
    /// <param name="title">The title, one or two words.</param>
    /// <param name="colour">The colour of the box and its title.</param>
    /// <param name="lines">The message.</param>
    public void Box(string title, Color colour, params string[] lines) => _result.Write(
        new Panel(new Rows([new Text(title, new Style(colour, decoration: Decoration.Bold)), .. lines.Select(line => new Text(line))]))
            .BorderColor(colour)
            .Padding(1, 0));

    /// <summary>Writes a heading above facts.</summary>
    public void Heading(string text) => _result.Write(new Text(text + "\n", new Style(decoration: Decoration.Bold)));

    /// <summary>Writes names and values in two columns.</summary>
    public void Facts(params IReadOnlyCollection<(string Name, string Value)> facts)
    {
        int width = facts.Max(fact => fact.Name.Length);
        foreach ((string name, string value) in facts)
        {
            // Each row has its own grid, because a common grid would pad every row with spaces to the length of the longest.
            Grid row = new Grid()
                .AddColumn(new GridColumn().Width(width).NoWrap().Padding(2, 0, 2, 0))
                .AddColumn(new GridColumn().Padding(0, 0, 0, 0));
            _result.Write(row.AddRow(new Text(name, new Style(Color.Grey)), new Text(value)));
        }
    }

    /// <summary>Writes a note that is not part of the result.</summary>
    public void Say(string text) => _notes.Write(new Text(text + "\n"));

    /// <summary>Writes the reason why there is no result.</summary>
    public void Fail(string text) => _notes.Write(new Text(text + "\n", new Style(Color.Red)));

    private static IAnsiConsole On(TextWriter writer, bool isRedirected)
    {
        bool isPlain = isRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
            // The enrichers would enable colours in CI logs, which are not terminals.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (isRedirected)
            console.Profile.Width = Unbroken;
        return console;
    }
}
