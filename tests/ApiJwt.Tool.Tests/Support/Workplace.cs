using System.Diagnostics;

namespace Hudya.Tests.Tool.Support;

/// <summary>A folder in which the tool runs as a process. It also contains the profile of the user.</summary>
public sealed class Workplace : IDisposable
{
    public static string ToolPath { get; } = Path.Combine(AppContext.BaseDirectory, "ApiJwt.Tool.dll");

    public Workplace() => Directory.CreateDirectory(Home);

    public string Folder { get; } = Directory.CreateTempSubdirectory("apijwt-tool-").FullName;

    public string Home => PathOf("home");

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void Write(string name, string text) => File.WriteAllText(PathOf(name), text);

    public string Read(string name) => File.ReadAllText(PathOf(name));

    /// <summary>The permissions of a file. On Windows the test is skipped.</summary>
    public UnixFileMode ModeOf(string name)
    {
        if (!OperatingSystem.IsWindows())
            return File.GetUnixFileMode(PathOf(name));
        Assert.Skip("Windows has no file modes.");
        return UnixFileMode.None;
    }

    /// <inheritdoc cref="ModeOf"/>
    public void SetMode(string name, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathOf(name), mode);
        else
            Assert.Skip("Windows has no file modes.");
    }

    public Task<ToolAnswer> RunAsync(params string[] arguments) => PipeAsync("", arguments);

    /// <summary>Runs the tool with this text as its standard input.</summary>
    public Task<ToolAnswer> PipeAsync(string input, params string[] arguments) => StartAsync("dotnet", [ToolPath, .. arguments], input);

    /// <summary>Runs any program in this folder.</summary>
    public async Task<ToolAnswer> StartAsync(string program, string[] arguments, string input = "", params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = Home;
        start.Environment.Remove("NO_COLOR");
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new ToolAnswer(process.ExitCode, (await output).ReplaceLineEndings("\n"), (await errors).ReplaceLineEndings("\n"));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
