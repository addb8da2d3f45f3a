using System.Security.Cryptography;
using System.Text;
using ApiJwts;

namespace HudyaDemo.Auth;

/// <summary>Who may log in, in place of a database: ann of the support desk, and root.</summary>
internal sealed class PasswordBook
{
    public const string OneTimeCode = "123456";

    private const int Iterations = 100_000;

    private static readonly byte[] NobodysHash = new byte[32];

    private readonly Dictionary<string, Person> _people = new(StringComparer.Ordinal)
    {
        ["ann"] = Enter("ann", "correct horse", "support", "support:mobile", "support:power"),
        ["root"] = Enter("root", "battery staple", "admin", "admin:all"),
    };

    public Person? Find(string user) => _people.GetValueOrDefault(user);

    public Person? Find(string user, string password)
    {
        Person? person = Find(user);
        // A name that is not in the book takes as long as one that is.
        byte[] hash = Hash(password, person?.Salt ?? NobodysHash);
        return CryptographicOperations.FixedTimeEquals(hash, person?.PasswordHash ?? NobodysHash) ? person : null;
    }

    private static Person Enter(string name, string password, string key, params string[] scopes)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(16);
        return new Person(name, salt, Hash(password, salt), key, scopes);
    }

    private static byte[] Hash(string password, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA256, NobodysHash.Length);
}

/// <summary>What the auth service knows of one who may log in.</summary>
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
