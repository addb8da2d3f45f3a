using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Hudya.Tests.Interop;

/// <summary>Software in another language, called through a script in this folder.</summary>
internal sealed class ForeignTool
{
    private static readonly string Folder = Repository.PathOf("tests", "ApiJwt.Tests", "Interop");

    private readonly string[] _command;
    private readonly Lazy<Task<(string? Version, string? Fault)>> _state;

    /// <param name="name">The name of the software, as its project writes it.</param>
    /// <param name="command">The program to run and its arguments, with a script of this folder among them.</param>
    public ForeignTool(string name, params string[] command)
    {
        Name = name;
        _command = command;
        _state = new Lazy<Task<(string?, string?)>>(FindStateAsync);
    }

    public static ForeignTool PyJwt { get; } = new("PyJWT", Debian("python3"), "pyjwt.py");

    /// <summary>The Python library that this library replaces.</summary>
    public static ForeignTool Original { get; } = new("api_jwt", Debian("python3"), "api_jwt.py");

    public static ForeignTool Jose { get; } = new("jose", "node", "npm.mjs", "jose");

    public string Name { get; }

    /// <summary>The program that Debian installed, if there is one. Another one in the path does not find Debian's libraries.</summary>
    public static string Debian(string program) => Path.Join("/usr/bin", program) is var path && File.Exists(path) ? path : program;

    /// <summary>The version of the software. If it does not run, the test is skipped, or fails in the CI.</summary>
    public async Task<string> VersionAsync()
    {
        (string? version, string? fault) = await _state.Value;
        if (version is null)
            MissingProgram.Report($"interop was not run: {Name} did not answer. Install it with: bash tests/ApiJwt.Tests/Interop/install.sh ({fault})");

        return version;
    }

    /// <summary>Runs one process for all questions, because most of its time is start-up.</summary>
    public async Task<IReadOnlyList<JsonObject>> AskAsync(string verb, JsonObject question)
    {
        await VersionAsync();
        (int exitCode, string output, string errors) = await RunScriptAsync(verb, question.ToJsonString());
        exitCode.Should().Be(0, errors);
        return AnswersIn(output);
    }

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string program, IEnumerable<string> arguments, string input = "", string? folder = null)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        await using CancellationTokenRegistration kill = cancelled.Register(process.Kill);
        // Both pipes are read at once, because a process that has filled one of them waits until it is read.
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancelled);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancelled);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancelled);
        return (process.ExitCode, await output, await errors);
    }

    private static List<JsonObject> AnswersIn(string output) =>
        [.. JsonNode.Parse(output)!.AsArray().Select(answer => answer!.AsObject())];

    private async Task<(string? Version, string? Fault)> FindStateAsync()
    {
        try
        {
            (int exitCode, string output, string errors) = await RunScriptAsync("ready", "{}");
            return exitCode == 0
                ? ((string?)AnswersIn(output)[0]["version"], null)
                : (null, errors.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase), errors).Trim());
        }
        // An IOException occurs if the program ends before it has read its input.
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            return (null, exception.Message);
        }
    }

    private Task<(int ExitCode, string Output, string Errors)> RunScriptAsync(string verb, string input) =>
        RunAsync(_command[0], [.. _command[1..], verb], input, Folder);
}
