using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace ApiJwts.AspNetCore.Settings;

/// <summary>One setting of the configuration, read as what it is for. Without a value, or with an empty one, it is not set.</summary>
internal sealed class Setting(IConfigurationSection section, ConfigurationSources sources)
{
    /// <summary>Refuses a setting that one source gives and a later one empties: a check would be off, and nothing would say so.</summary>
    public void RefuseIfEmptied()
    {
        if (sources.FindEmptied(section) is (string giving, string emptying))
            throw Refuse($"has a value in {giving} and is empty in {emptying}, which comes later. An empty value means that a setting is not set, and must not turn off a check that another source turns on. Remove the setting from one of the two");
    }

    /// <summary>The value as it stands.</summary>
    public string? Text() => section.GetChildren().Any()
        ? throw Refuse("is a list or an object, and takes one value")
        : section.Value is { Length: > 0 } text ? text : null;

    /// <summary>Adds the elements of a list, or the one text that an environment variable holds instead.</summary>
    public void AddTextsTo(IList<string> texts)
    {
        IConfigurationSection[] elements = [.. section.GetChildren()];
        if (elements.Length > 0 && section.Value is { Length: > 0 })
            throw Refuse("is a text in one source of the configuration and a list in another, and both would count. Give one of the two");
        if (sources.Of(elements) is { Count: > 1 } several)
            throw Refuse($"has entries of {string.Join(" and of ", several)}. Sources of a configuration are merged by position, so that entries of one stay in force which the other was meant to replace. Write the whole list in one source. To replace a longer list, write an empty text for each entry too many");
        string[] values = [.. elements.Select(element => new Setting(element, sources).Text() ?? "")];
        // A later source can remove an entry by emptying it. A list of empty entries alone is a mistake, and must not count as no list.
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

    /// <summary>The platform reads 3600 as days, and 24:00:00 as 24 days: only what cannot be misread is taken.</summary>
    public TimeSpan? Duration() => Text() is not { } text ? null
        : TimeSpan.TryParseExact(text.AsSpan().Trim(), [@"h\:mm\:ss", @"d\.h\:mm\:ss"], CultureInfo.InvariantCulture, out TimeSpan value) ? value
        : throw Refuse("is not a duration with hours (0 to 23), minutes and seconds. Write 01:00:00 for an hour, 00:00:30 for 30 seconds, 1.00:00:00 for a day");

    private ApiJwtException Refuse(string fault) => new($"{section.Path} {fault}.");
}
