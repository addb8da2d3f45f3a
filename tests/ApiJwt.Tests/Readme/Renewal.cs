namespace Hudya.Tests.Readme;

#region Renewal
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ApiJwts;

// In the auth service. The table of logins is in memory here, and in your database in production.
public sealed class Renewal(ApiJwt jwt, TimeProvider time)
{
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LoginLife = TimeSpan.FromDays(30);

    private readonly ConcurrentDictionary<string, Login> _logins = new();

    // Call this after you have authenticated the user.
    public (string Token, string Secret) Begin(string subject)
    {
        string id = Random();
        string secret = Random();
        _logins[id] = new Login(subject, HashOf(secret), time.GetUtcNow() + LoginLife);
        return (Issue(subject), $"{id}.{secret}");
    }

    // Null means that the client has to log in again.
    public (string Token, string Secret)? Renew(string secret)
    {
        if (secret.Split('.') is not [var id, var old] || !_logins.TryGetValue(id, out Login? login))
            return null;

        string next = Random();
        bool isOver = time.GetUtcNow() >= login.ExpiresAt;
        if (!isOver && _logins.TryUpdate(id, login with { Hash = HashOf(next) }, login with { Hash = HashOf(old) }))
            return (Issue(login.Subject), $"{id}.{next}");

        _logins.TryRemove(id, out _);
        // It was used before, so two parties have it, and one of them stole it. Both have to log in again.
        if (!isOver)
            jwt.Revocations.RevokeSubject(login.Subject);
        return null;
    }

    // Revoke the current token as well.
    public void End(string secret) => _logins.TryRemove(secret.Split('.')[0], out _);

    private string Issue(string subject) => jwt.Encode(new TokenRequest { Subject = subject, TimeToLive = TokenLife });

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static string HashOf(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private sealed record Login(string Subject, string Hash, DateTimeOffset ExpiresAt);
}
#endregion
