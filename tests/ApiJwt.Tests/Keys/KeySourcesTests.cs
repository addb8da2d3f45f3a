using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Hudya.Tests.Keys;

/// <summary>
/// The service has settings that sign with A and list B, and a key set with C. The tables list the keys in force after the changes,
/// in order. A star marks the key that signs.
/// </summary>
public sealed class KeySourcesTests : IDisposable
{
    private const string Refused = "refused";

    private static readonly Uri Elsewhere = new("https://elsewhere.example/jwks.json");

    private static readonly Dictionary<char, RsaKeyPair> Pairs = "ABCDEFGHI".ToDictionary(letter => letter, _ => RsaKeyPair.Generate());

    private static readonly Dictionary<char, string> Tokens = Pairs.ToDictionary(pair => pair.Key, pair => Issued.By(pair.Value));

    private static readonly string[] Changes =
        ["add D", "override public E", "override private F", "rotate F", "remove B", "reset", "reload A, BH", "reload G, B", "reload A, B, elsewhere", "fetch I"];

    private readonly List<AuthServer> _servers = [];
    private readonly List<RSA> _held = [];

    public static TheoryData<string, string[]> Table => new()
    {
        // The expected results, in the order of Changes.
        { "nothing", ["A*BDC", "A*E", "F*BC", "F*BAC", "A*C", "A*BC", "A*BHC", "G*BC", "A*B", "A*BI"] },
        { "add D", ["A*BDC", "A*E", "F*BDC", "F*BDAC", "A*DC", "A*BC", "A*BHDC", "G*BDC", "A*BD", "A*BDI"] },
        { "override public E", ["A*ED", "A*E", "F*E", "F*EA", Refused, "A*BC", "A*HE", "G*E", "A*E", "A*EI"] },
        { "override private F", ["F*BDC", "F*E", "F*BC", "F*BC", "F*C", "A*BC", "F*BHC", "G*BC", "F*B", "F*BI"] },
        { "rotate F", ["F*BADC", "F*E", "F*BAC", "F*BAC", "F*AC", "A*BC", "F*BHAC", "G*BAC", "F*BA", "F*BAI"] },
        { "remove B", ["A*DC", "A*E", "F*C", "F*AC", Refused, "A*BC", "A*HC", "G*C", "A*", "A*I"] },
        { "reset", ["A*BDC", "A*E", "F*BC", "F*BAC", "A*C", "A*BC", "A*BHC", "G*BC", "A*B", "A*BI"] },
        { "reload A, BH", ["A*BHDC", "A*E", "F*BHC", "F*BHAC", "A*HC", "A*BHC", "A*BHC", "G*BC", "A*B", "A*BHI"] },
        { "reload G, B", ["G*BDC", "G*E", "F*BC", "F*BGC", "G*C", "G*BC", "A*BHC", "G*BC", "A*B", "G*BI"] },
        { "reload A, B, elsewhere", ["A*BD", "A*E", "F*B", "F*BA", "A*", "A*B", "A*BH", "G*B", "A*B", "A*BI"] },
        { "fetch I", ["A*BDI", "A*E", "F*BI", "F*BAI", "A*I", "A*BI", "A*BHI", "G*BI", "A*B", "A*BI"] },
    };

    /// <summary>A removed key stays removed until a call adds it, even if the settings or the key set contain it.</summary>
    public static TheoryData<string[], string> Sequences => new()
    {
        { ["remove C", "fetch C"], "A*B" },
        { ["remove C", "fetch C", "add C"], "A*BC" },
        { ["remove C", "fetch C", "override public C"], "A*C" },
        { ["remove B", "reload A, BH", "reload A, B"], "A*C" },
        { ["remove B", "reload A, BH", "add B"], "A*BHC" },
        { ["remove B", "rotate B"], "B*AC" },
        { ["remove B", "rotate B", "override private F"], "F*BAC" },
        { ["remove B", "override private B"], "B*C" },
        { ["remove B", "override private B", "override private F"], "F*BC" },
        { ["override public E", "reload A, BH", "fetch CI"], "A*HEI" },
        { ["override public E", "remove E"], "A*" },
        { ["override private F", "override public E", "override private A"], "A*E" },
        { ["rotate F", "remove A", "rotate G"], "G*BFC" },
        { ["rotate F", "rotate G", "rotate A"], "A*BFGC" },
        { ["rotate F", "override private G"], "G*BAC" },
        { ["override private F", "reset", "rotate F"], "F*BAC" },
        { ["rotate F", "reload F, BA"], "F*BAC" },
        { ["rotate F", "reload -, B"], "F*BAC" },
        { ["reload -, B"], "BC" },
        { ["reload -, B", "rotate F"], "F*BC" },
        { ["remove A", "reset"], Refused },
        { ["rotate F", "rotate A"], "A*BFC" },
        { ["rotate signer F", "rotate signer G"], "G*BAFC" },
        { ["rotate signer F", "rotate G"], "G*BAFC" },
        { ["reload A, BA"], "A*BC" },
        { ["reload G, BA"], "G*BAC" },
        { ["reload A, BA", "override private F"], "F*BAC" },
        { ["override private F", "add A"], "F*BAC" },
        { ["add A", "override private F"], "F*BC" },
        { ["rotate F", "rotate A", "override private G"], "G*BFC" },
        { ["rotate F", "remove A", "reload G, B", "reload A, B"], Refused },
        { ["rotate F", "remove A", "reload G, B", "add A", "reload A, B"], "A*BC" },
        { ["override both E F"], "F*E" },
        { ["override both A F"], "F*A" },
        { ["add D", "override both E F", "reset"], "A*BC" },
        { ["reload -, B", "override public DE"], "DE" },
        { ["reload -, B", "override private F"], "F*BC" },
        { ["reload -, B", "override private F", "reset"], "BC" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Two_changes_in_a_row_leave_these_keys_in_force(string first, string[] expected)
    {
        string[] found = await Task.WhenAll(Changes.Select(second => ApplyAsync(first == "nothing" ? [second] : [first, second])));

        found.Zip(Changes).Should().Equal(expected.Zip(Changes));
    }

    [Theory]
    [MemberData(nameof(Sequences))]
    public async Task Several_changes_in_a_row_leave_these_keys_in_force(string[] changes, string expected) => (await ApplyAsync(changes)).Should().Be(expected);

    public void Dispose()
    {
        foreach (AuthServer server in _servers)
            server.Dispose();
        foreach (RSA key in _held)
            key.Dispose();
    }

    private async Task<string> ApplyAsync(string[] changes)
    {
        var server = new AuthServer();
        lock (_servers)
            _servers.Add(server);
        server.PublishKeys(AuthServer.KeySet, Pairs['C']);
        server.Refuse(Elsewhere);
        var jwt = new PlainJwt(Settings(server, "A", "B"));
        await jwt.Keys.RefreshAsync(TestContext.Current.CancellationToken);
        foreach (string change in changes)
        {
            if (!await ChangeAsync(jwt.Keys, server, change))
                return Refused;
        }

        string inForce = string.Concat(jwt.Keys.KeyIds.Select(id => LetterOf(id) + (id == jwt.Keys.SigningKeyId ? "*" : "")));
        JsonNode.Parse(jwt.Keys.ToJwks())!["keys"]!.AsArray().Select(key => (string?)key!["kid"]).Should().Equal(jwt.Keys.KeyIds);
        ShouldBeWhatVerifiesAndSigns(inForce, jwt);
        return inForce;
    }

    private async Task<bool> ChangeAsync(KeyRing keys, AuthServer server, string change)
    {
        string[] words = change.Split(' ', ',').Where(word => word.Length > 0).ToArray();
        switch (words)
        {
            case ["add", var key]:
                keys.AddPublic(Pairs[key[0]].PublicKeyPem);
                break;
            case ["override", "public", var key]:
                keys.Override(publicKeys: [.. key.Select(letter => Pairs[letter].PublicKeyPem)]);
                break;
            case ["override", "private", var key]:
                keys.Override(privateKey: Pairs[key[0]].PrivateKeyPem);
                break;
            case ["override", "both", var key, var signing]:
                keys.Override([Pairs[key[0]].PublicKeyPem], Pairs[signing[0]].PrivateKeyPem);
                break;
            case ["rotate", "signer", var key]:
                RSA held = TestKeys.RsaOf(Pairs[key[0]].PrivateKeyPem);
                lock (_held)
                    _held.Add(held);
                keys.Rotate(TokenSigner.FromRsa(held));
                break;
            case ["rotate", var key]:
                keys.Rotate(Pairs[key[0]].PrivateKeyPem);
                break;
            case ["remove", var key]:
                if (Record.Exception(() => keys.Remove(Pairs[key[0]].KeyId)) is ApiJwtException)
                    return false;
                break;
            case ["reset"]:
                keys.Reset();
                break;
            case ["reload", var signing, var listed, .. var elsewhere]:
                if (Record.Exception(() => keys.Reload(Settings(server, signing, listed, elsewhere.Length > 0))) is ApiJwtException)
                    return false;
                keys.FetchStatus!.Address.Should().Be(elsewhere.Length > 0 ? Elsewhere : AuthServer.KeySet);
                break;
            case ["fetch", var set]:
                server.PublishKeys(AuthServer.KeySet, [.. set.Select(letter => Pairs[letter])]);
                server.PublishKeys(Elsewhere, [.. set.Select(letter => Pairs[letter])]);
                await keys.RefreshAsync(TestContext.Current.CancellationToken);
                break;
            default:
                throw new ArgumentException(change, nameof(change));
        }

        return true;
    }

    private static ApiJwtOptions Settings(AuthServer server, string signing, string listed, bool isElsewhere = false)
    {
        var options = new ApiJwtOptions { JwksUri = isElsewhere ? Elsewhere : AuthServer.KeySet };
        if (signing != "-")
            options.PrivateKey = Pairs[signing[0]].PrivateKeyPem;
        foreach (char letter in listed)
            options.PublicKeys.Add(Pairs[letter].PublicKeyPem);
        return server.Connect(options);
    }

    private static void ShouldBeWhatVerifiesAndSigns(string inForce, PlainJwt jwt)
    {
        // The keys of the key set are left out unless they are in force, because a token of an unknown key causes a fetch.
        foreach (char letter in Pairs.Keys.Where(letter => inForce.Contains(letter, StringComparison.Ordinal) || letter is not ('C' or 'I')))
            jwt.Decode(Tokens[letter]).IsValid.Should().Be(inForce.Contains(letter, StringComparison.Ordinal), "the token is signed with key {0}", letter);

        var request = new TokenRequest { Subject = "ann" };
        if (!inForce.Contains('*', StringComparison.Ordinal))
        {
            jwt.Invoking(it => it.Encode(request)).Should().ThrowExactly<ApiJwtException>();
            return;
        }

        string token = jwt.Encode(request);
        JsonNode.Parse(Wire.HeaderOf(token))!["kid"]!.GetValue<string>().Should().Be(jwt.Keys.SigningKeyId);
        jwt.Decode(token).IsValid.Should().BeTrue();
    }

    private static char LetterOf(string keyId) => Pairs.Single(pair => pair.Value.KeyId == keyId).Key;
}
