using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ApiJwts.Tool.Issuing;

/// <summary>The options that describe the token to issue.</summary>
internal sealed class RequestOptions
{
    private readonly Option<string> _subject = new("--subject") { HelpName = "ID", Description = "The subject (sub).", Required = true };

    private readonly Option<string?> _key = new("--key") { HelpName = "NAME", Description = "The key of the policy, such as user or support. Default: user." };

    private readonly Option<string[]> _scopes = new("--scope") { HelpName = "NAME", Description = "A scope (scopes). May be given several times." };

    private readonly Option<double?> _level = new("--level") { HelpName = "NUMBER", Description = "The authentication level (level), such as 3.1.", CustomParser = LevelOf };

    private readonly Option<string?> _factor = new("--factor") { HelpName = "NAME", Description = "The authentication factor (factor), such as otp." };

    private readonly Option<string?> _target = new("--target") { HelpName = "ID", Description = "The id that the scopes concern (target), if it is not the subject." };

    private readonly Option<string?> _audience = new("--audience") { HelpName = "NAME", Description = "The audience (aud)." };

    private readonly Option<ExtraClaim[]> _extras = new("--extra") { HelpName = "NAME=TEXT", Description = "An extra claim. Use NAME:=JSON for a number, true or false, or a list. May be given several times.", CustomParser = ExtrasOf };

    private readonly Option<TimeSpan?> _timeToLive = new("--ttl") { HelpName = "HH:MM:SS", Description = "The time for which the token is valid. Default: 01:00:00.", CustomParser = TimeToLiveOf };

    public IEnumerable<Option> All => [_subject, _key, _scopes, _level, _factor, _target, _audience, _extras, _timeToLive];

    public IReadOnlyList<ExtraClaim> Extras(ParseResult command) => command.GetValue(_extras) ?? [];

    public string? Key(ParseResult command) => command.GetValue(_key);

    /// <param name="command">The command line.</param>
    /// <param name="key">The key to ask for; <see langword="null"/> for the policy's default.</param>
    public TokenRequest Request(ParseResult command, string? key) => new()
    {
        Subject = command.GetRequiredValue(_subject),
        Key = key,
        Level = command.GetValue(_level),
        Factor = command.GetValue(_factor),
        Target = command.GetValue(_target),
        Scopes = command.GetValue(_scopes) is { Length: > 0 } scopes ? scopes : null,
        Audience = command.GetValue(_audience),
        TimeToLive = command.GetValue(_timeToLive),
        Extras = Extras(command).ToDictionary(extra => extra.Name, extra => extra.Value, StringComparer.Ordinal),
    };

    private static double? LevelOf(ArgumentResult result)
    {
        if (double.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double level))
            return level;
        result.AddError("--level takes a number with a point, such as 3.1.");
        return null;
    }

    private static TimeSpan? TimeToLiveOf(ArgumentResult result)
    {
        // Only unambiguous formats: TimeSpan.Parse reads 10 as ten days, and 24:00:00 as 24 days.
        if (TimeSpan.TryParseExact(result.Tokens[0].Value, [@"h\:mm\:ss", @"d\.h\:mm\:ss"], CultureInfo.InvariantCulture, out TimeSpan timeToLive) && timeToLive >= TimeSpan.FromSeconds(1))
            return timeToLive;
        result.AddError("--ttl takes hours (0 to 23), minutes and seconds, 00:00:01 or more, such as 00:10:00 for ten minutes, or 1.00:00:00 for a day.");
        return null;
    }

    private static ExtraClaim[] ExtrasOf(ArgumentResult result)
    {
        ExtraClaim?[] extras = [.. result.Tokens.Select(token => ExtraClaim.Parse(token.Value))];
        if (extras.Contains(null))
            result.AddError("--extra takes NAME=TEXT, or NAME:=JSON with a string, a number, true or false, or an array of strings.");
        else if (extras.DistinctBy(extra => extra!.Name).Count() < extras.Length)
            result.AddError("--extra was given twice for one name. Give a list as NAME:=[\"one\",\"two\"].");
        else
            return extras!;
        return [];
    }
}
