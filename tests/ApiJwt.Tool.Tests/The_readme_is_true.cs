using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Hudya.Tests.Tool;

/// <summary>Runs every command of the README in one shell, and compares the output. Times, keys and tokens may differ.</summary>
public sealed partial class The_readme_is_true : IDisposable
{
    private static readonly string Readme = Repository.Read("src", "ApiJwt.Tool", "README.md");

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Every_command_prints_what_the_README_shows()
    {
        (string Command, string Output)[] shown = [.. Block().Matches(Readme).SelectMany(block => Step().Matches(block.Groups["steps"].Value))
            .Select(step => (step.Groups["command"].Value, step.Groups["output"].Value.TrimEnd('\n')))];
        shown.Should().HaveCountGreaterThan(10);

        string[] printed = await RunAsync([.. shown.Select(step => step.Command)]);

        for (int i = 0; i < shown.Length; i++)
            Masked(printed[i]).Should().Be(Masked(shown[i].Output), "README.md shows this output for: {0}", shown[i].Command);
    }

    [Fact]
    public async Task The_lines_for_bash_complete_a_command()
    {
        string lines = Bash().Match(Readme).Groups["lines"].Value;

        string[] printed = await RunAsync([$"{lines}COMP_LINE='apijwt keys s' COMP_POINT=13; _apijwt", "printf '%s;' \"${COMPREPLY[@]}\""]);

        printed[1].Should().Be("show;");
    }

    [Fact]
    public void The_picture_shows_the_output_of_the_README()
    {
        XDocument picture = XDocument.Parse(Repository.Read("src", "ApiJwt.Tool", "apijwt.svg"));
        string[] commands = [.. picture.Root!.Elements().Where(element => element.Name.LocalName == "g").Select(lines => string.Join(' ', lines.Elements().Select(line => line.Value)))];

        commands.Should().NotBeEmpty();
        foreach (string command in commands)
            Words(Readme).Should().Contain(Words(command));
    }

    private async Task<string[]> RunAsync(string[] commands)
    {
        const string Separator = "=== the next command ===";
        foreach (string program in (string[])["/usr/bin/bash", "/usr/bin/openssl"])
        {
            if (!File.Exists(program))
                MissingProgram.Report($"The README was not run: there is no {program}.");
        }

        string programs = _work.PathOf("bin");
        Directory.CreateDirectory(programs);
        File.WriteAllText(Path.Combine(programs, "apijwt"), $"#!/bin/sh\nexec dotnet '{Workplace.ToolPath}' \"$@\"\n");
        _work.SetMode("bin/apijwt", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string folder = Directory.CreateDirectory(_work.PathOf("shop")).FullName;

        string script = $"exec 2>&1\nPATH='{programs}':$PATH\ncd '{folder}'\n{string.Join($"\necho '{Separator}'\n", commands)}\n";
        ToolAnswer answer = await _work.StartAsync("/usr/bin/bash", ["-c", script]);
        return [.. answer.Output.Split(Separator + "\n").Select(output => output.Replace(_work.Home, "/home/ann", StringComparison.Ordinal).TrimEnd('\n'))];
    }

    /// <summary>The text with the name of its group for each part that may differ.</summary>
    private static string Masked(string text) => Varying().Replace(text, part => part.Groups.Values.Last(group => group.Success).Name);

    private static string Words(string text) => Between().Replace(Masked(text), " ").Trim();

    [GeneratedRegex(@"^```console\n(?<steps>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^```bash\n(?<lines>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Bash();

    [GeneratedRegex(@"^\$ (?<command>[^\n]*)\n(?<output>(?:(?!\$ )[^\n]*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Step();

    [GeneratedRegex(
        @"(?<Modulus>""n"":""[^""]*"")|(?<Token>eyJ[\w.-]+)|(?<KeyId>(?<![\w-])[\w-]{43}(?![\w-]))"
        + @"|(?<Date>\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:Z|\+00:00)|(?<=""exp"": )\d+)|(?<Distance>in \d+ \w+|\d+ \w+ ago|\bnow(?=\n))")]
    private static partial Regex Varying();

    [GeneratedRegex(@"[\s─│┌┐└┘]+")]
    private static partial Regex Between();
}
