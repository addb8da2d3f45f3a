using System.Diagnostics;
using System.Text;

namespace Hudya.PackageTests;

/// <summary>Runs a program until it ends.</summary>
internal static class Shell
{
    /// <returns>The output of the program.</returns>
    public static string Run(string folder, string program, params string[] arguments)
    {
        (int code, string output) = Try(folder, program, arguments);
        code.Should().Be(0, "'{0} {1}' must succeed; its output was: {2}", program, string.Join(' ', arguments), output);
        return output;
    }

    /// <returns>The exit code and the output of the program.</returns>
    public static (int Code, string Output) Try(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using Process process = Process.Start(start)!;
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return (process.ExitCode, output.ToString());
    }

    private static void Append(StringBuilder output, string? line)
    {
        lock (output)
            output.AppendLine(line);
    }
}
