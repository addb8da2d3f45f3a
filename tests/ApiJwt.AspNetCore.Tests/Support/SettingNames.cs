namespace Hudya.Tests.AspNetCore.Support;

/// <summary>The options that a configuration can set.</summary>
public static class SettingNames
{
    public static IReadOnlyList<string> All { get; } = [.. typeof(ApiJwtOptions).GetProperties()
        .Where(option => option.Name != nameof(ApiJwtOptions.ConfigurationSection))
        .Where(option => (Nullable.GetUnderlyingType(option.PropertyType) ?? option.PropertyType) is var type
            && (type.IsPrimitive || type == typeof(string) || type == typeof(TimeSpan) || type == typeof(Uri) || type == typeof(IList<string>)))
        .Select(option => option.Name)];

    public static IReadOnlyList<string> Of(Type type) => [.. typeof(ApiJwtOptions).GetProperties()
        .Where(option => (Nullable.GetUnderlyingType(option.PropertyType) ?? option.PropertyType) == type).Select(option => option.Name)];
}
