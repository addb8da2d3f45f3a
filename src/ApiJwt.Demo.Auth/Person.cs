using ApiJwts;

namespace HudyaDemo.Auth;

/// <summary>A person who may log in.</summary>
internal sealed record Person(string Name, byte[] Salt, byte[] PasswordHash, string Key, IReadOnlyCollection<string> Scopes)
{
    public TokenRequest Request(double level, string factor) => new()
    {
        Subject = Name,
        Key = Key,
        Level = level,
        Factor = factor,
        Scopes = Scopes,
    };
}
