using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace ApiJwts.AspNetCore.Settings;

/// <summary>One setting of the configuration. A setting without a value, or with an empty value, is not set.</summary>
internal sealed class Setting(IConfigurationSection section, ConfigurationSources sources)
{
    /// <summary>Refuses a setting that has a value in one source and is empty in a later one, because that would turn off a check silently.</summary>
    public void RefuseIfEmptied()
    {
        if (sources.FindEmptied(section) is (string giving, string emptying))
            throw Refuse($"has a value in {giving} and is empty in {emptying}, which comes later. An empty value means that a setting is not set, and must not turn off a check of another source. Remove the setting from one of the two");
    }

    /// <summary>The value without any conversion.</summary>
    public string? Text() => section.GetChildren().Any()
        ? throw Refuse("is a list or an object, but takes one value")
        : section.Value is { Length: > 0 } text ? text : null;

    /// <summary>Adds the elements of a list, or a single text, as an environment variable has it.</summary>
    public void AddTextsTo(IList<string> texts)
    {
        IConfigurationSection[] elements = [.. section.GetChildren()];
        if (elements.Length > 0 && section.Value is { Length: > 0 })
            throw Refuse("is a text in one source of the configuration and a list in another, and both would be used. Remove one of the two");
        if (sources.Of(elements) is { Count: > 1 } several)
            throw Refuse($"has entries from {string.Join(" and from ", several)}. The configuration merges lists by index, so entries of one source may stay in use although another source should replace them. Write the whole list in one source. To replace a longer list, set each surplus entry to an empty text");
        string[] values = [.. elements.Select(element => new Setting(element, sources).Text() ?? "")];
        // A later source can set an entry to an empty text to remove it. A list of only empty entries is a mistake, and not the same as no list.
        bool areAllEmpty = Array.TrueForAll(values, string.IsNullOrEmpty);
        foreach (string value in values.Where(value => areAllEmpty || value.Length > 0))
            texts.Add(value);
        if (section.Value is { Length: > 0 } single)
            texts.Add(single);
    }

    public Uri? Address() => Text() is not { } text ? null
        : Uri.TryCreate(text.Trim(), UriKind.Absolute, out Uri? address) ? address
        : throw Refuse("is not an absolute address, such as https://auth.example.com/.well-known/jwks.json");

    public bool? Switch() => Text() is not { } text ? null
        : bool.TryParse(text.Trim(), out bool value) ? value
        : throw Refuse("is neither true nor false");

    public int? Number() => Text() is not { } text ? null
        : int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value
        : throw Refuse("is not a whole number of up to nine digits");

    /// <summary>Accepts only unambiguous formats, because <see cref="TimeSpan.Parse(string)"/> reads 3600 as 3600 days and 24:00:00 as 24 days.</summary>
    public TimeSpan? Duration() => Text() is not { } text ? null
        : TimeSpan.TryParseExact(text.AsSpan().Trim(), [@"h\:mm\:ss", @"d\.h\:mm\:ss"], CultureInfo.InvariantCulture, out TimeSpan value) ? value
        : throw Refuse("is not a duration with hours (0 to 23), minutes and seconds. Write 01:00:00 for an hour, 00:00:30 for 30 seconds, 1.00:00:00 for a day");

    private ApiJwtException Refuse(string fault) => new($"{section.Path} {fault}.");
}
