using Hudya.Fuzz;
using SharpFuzz;

// The service is made with the first input, because instrumented code cannot run before the fuzzer has started.
var service = new Lazy<VerifyingService>();
Action<byte[]> target = args.FirstOrDefault() switch
{
    "token" => input => TokenTarget.Try(input, service.Value),
    "payload" => input => PayloadTarget.Try(input, service.Value),
    "keys" => KeyTarget.Try,
    _ => throw new ArgumentException("Name a target, token, payload or keys, and perhaps files to try instead of fuzzing.", nameof(args)),
};

foreach (string file in args.Skip(1))
    target(File.ReadAllBytes(file));

if (args.Length == 1)
{
    Fuzzer.Run(stream =>
    {
        using var input = new MemoryStream();
        stream.CopyTo(input);
        target(input.ToArray());
    });
}
