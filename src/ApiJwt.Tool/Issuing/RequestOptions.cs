using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ApiJwts.Tool.Issuing;

/// <summary>The options that say what a token is to say.</summary>
internal sealed class RequestOptions
{
    private readonly Option<string> _subject = new("--subject") { HelpName = "ID", Description = "Who the token is for (sub).", Required = true };

    private readonly Option<string?> _key = new("--key") { HelpName = "NAME", Description = "The key of the policy, such as user or support; user by default." };

    private readonly Option<string[]> _scopes = new("--scope") { HelpName = "NAME", Description = "What the token gives access to. May be given several times." };

    private readonly Option<double?> _level = new("--level") { HelpName = "NUMBER", Description = "How strongly the subject authenticated, such as 3.1.", CustomParser = LevelOf };

    private readonly Option<string?> _factor = new("--factor") { HelpName = "NAME", Description = "What the subject authenticated with, such as otp." };

    private readonly Option<string?> _target = new("--target") { HelpName = "ID", Description = "Whom the scopes concern, if not the subject." };

    private readonly Option<string?> _audience = new("--audience") { HelpName = "NAME", Description = "Whom the token is for (aud)." };

    private readonly Option<ExtraClaim[]> _extras = new("--extra") { HelpName = "NAME=TEXT", Description = "A claim of your own; NAME:=JSON for a number, true or false, or a list. May be given several times.", CustomParser = ExtrasOf };

    private readonly Option<TimeSpan?> _timeToLive = new("--ttl") { HelpName = "HH:MM:SS", Description = "How long the token is valid; 01:00:00 by default.", CustomParser = TimeToLiveOf };

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
        // A bare 10 would be ten days.
        if (result.Tokens[0].Value is var text && text.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan timeToLive) && timeToLive >= TimeSpan.FromSeconds(1))
            return timeToLive;
        result.AddError("--ttl takes hours, minutes and seconds, 00:00:01 or more, such as 00:10:00 for ten minutes.");
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
