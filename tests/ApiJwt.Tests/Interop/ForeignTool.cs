using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Hudya.Tests.Support;

namespace Hudya.Tests.Interop;

/// <summary>Another language's JWT library, spoken to through a script beside this file.</summary>
internal sealed class ForeignTool
{
    private const string DebianPython = "/usr/bin/python3";

    private readonly string _name;
    private readonly string _program;
    private readonly string _script;
    private readonly Lazy<Task<string?>> _fault;

    private ForeignTool(string name, string program, string script)
    {
        _name = name;
        _program = program;
        _script = Repository.PathOf("tests", "ApiJwt.Tests", "Interop", script);
        _fault = new Lazy<Task<string?>>(FindFaultAsync);
    }

    // Another python3 that comes first in the path does not see Debian's packages.
    public static ForeignTool PyJwt { get; } = new("PyJWT", File.Exists(DebianPython) ? DebianPython : "python3", "pyjwt.py");

    public static ForeignTool Jose { get; } = new("jose", "node", "jose.mjs");

    /// <summary>One process for the whole batch: most of its time is its start.</summary>
    public async Task<IReadOnlyList<JsonObject>> AskAsync(string verb, JsonObject question)
    {
        if (await _fault.Value is { } fault)
            MissingProgram.Report($"interop was not run: {_name} did not answer. Install it with: bash tests/ApiJwt.Tests/Interop/install.sh ({fault})");

        (int exitCode, string output, string errors) = await RunAsync(_program, [_script, verb], question.ToJsonString());
        exitCode.Should().Be(0, errors);
        return [.. JsonNode.Parse(output)!.AsArray().Select(answer => answer!.AsObject())];
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
        // Both at once: a child that fills the pipe nobody reads waits for ever.
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancelled);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancelled);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancelled);
        return (process.ExitCode, await output, await errors);
    }

    private async Task<string?> FindFaultAsync()
    {
        try
        {
            (int exitCode, _, string errors) = await RunAsync(_program, [_script, "ready"], "{}");
            return exitCode == 0 ? null : errors.Split('\n').FirstOrDefault(line => line.Contains("Error", StringComparison.Ordinal), errors).Trim();
        }
        catch (Win32Exception exception)
        {
            return exception.Message;
        }
    }
}
