using System.Security.Cryptography;
using System.Text;

namespace HudyaDemo.Auth;

/// <summary>The people who may log in, ann of the support desk and root. A real auth service has a database.</summary>
internal sealed class PasswordBook
{
    public const string OneTimeCode = "123456";

    private const int Iterations = 100_000;

    private static readonly byte[] DummyHash = new byte[32];

    private readonly Dictionary<string, Person> _people = new(StringComparer.Ordinal)
    {
        ["ann"] = Enter("ann", "correct horse", "support", "support:mobile", "support:power"),
        ["root"] = Enter("root", "battery staple", "admin", "admin:all"),
    };

    public Person? Find(string user) => _people.GetValueOrDefault(user);

    public Person? Find(string user, string password)
    {
        Person? person = Find(user);
        // The hash is computed for an unknown name as well, so that the response time does not reveal which names exist.
        byte[] hash = Hash(password, person?.Salt ?? DummyHash);
        return CryptographicOperations.FixedTimeEquals(hash, person?.PasswordHash ?? DummyHash) ? person : null;
    }

    private static Person Enter(string name, string password, string key, params string[] scopes)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(16);
        return new Person(name, salt, Hash(password, salt), key, scopes);
    }

    private static byte[] Hash(string password, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA256, DummyHash.Length);
}
