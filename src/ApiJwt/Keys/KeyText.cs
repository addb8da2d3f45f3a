using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ApiJwts;

/// <summary>Takes keys out of text in every form that people have them in, and says what is wrong with the rest.</summary>
/// <remarks>A fault is a sentence that never repeats a character of the text.</remarks>
internal sealed class KeyText
{
    // A JSON array of base64 of PEM is three layers; text that is wrapped more often than that is not a key.
    private const int MaxLayers = 4;

    // Room for over a hundred certificates of 4096 bits.
    private const int MaxLength = 256 * 1024;

    private static readonly SearchValues<char> Base64Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    private readonly bool _wantPrivate;
    private readonly List<RsaKey> _keys = [];
    private readonly List<string> _faults = [];

    private KeyText(bool wantPrivate) => _wantPrivate = wantPrivate;

    /// <summary>Reads all keys in <paramref name="text"/>, adding a sentence to <paramref name="faults"/> for each that is no use.</summary>
    public static IReadOnlyList<RsaKey> Read(string? text, string setting, bool wantPrivate, List<string> faults)
    {
        var reader = new KeyText(wantPrivate);
        if (text is { Length: > MaxLength })
            reader._faults.Add($"the text has more than {MaxLength} characters. Give the keys alone.");
        else
            reader.ReadLayer(text ?? "", layer: 1);
        if (wantPrivate && reader._keys.Count > 1)
            reader._faults.Add("the text holds several private keys. Give the one that signs.");
        faults.AddRange(reader._faults.Select(fault => $"{setting}: {fault}"));
        return reader._keys;
    }

    private void ReadLayer(string text, int layer)
    {
        text = Unquote(text);
        if (text.Length == 0)
            _faults.Add("the text is empty. Give a PEM text.");
        else if (layer > MaxLayers)
            _faults.Add("the text is wrapped too often. Give a PEM text, or base64 of one.");
        else if (text[0] == '[')
            ReadJsonArray(text, layer);
        else if (text[0] == '{')
            _faults.Add("this is a JSON object. A JSON Web Key is not read here: give the key as PEM.");
        else if (text.StartsWith("ssh-", StringComparison.Ordinal))
            _faults.Add("this is an OpenSSH public key. Convert it with: ssh-keygen -e -m PKCS8 -f key.pub");
        else if (text.Contains("-----BEGIN", StringComparison.Ordinal))
            ReadPemBlocks(text);
        else
            ReadBase64(text, layer);
    }

    /// <summary>Takes off the blanks and quotes that shells, YAML and .env files leave around a value.</summary>
    private static string Unquote(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim().Trim('\uFEFF').Trim();
        while (rest.Length >= 2 && rest[0] is '"' or '\'' && rest[^1] == rest[0])
            rest = rest[1..^1].Trim();
        return rest.ToString();
    }

    private void ReadJsonArray(string text, int layer)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            if (json.RootElement.GetArrayLength() == 0)
                _faults.Add("the JSON array is empty. Give at least one key.");
            int entry = 0;
            foreach (JsonElement element in json.RootElement.EnumerateArray())
            {
                int known = _faults.Count;
                if (element.ValueKind == JsonValueKind.String)
                    ReadLayer(element.GetString()!, layer + 1);
                else
                    _faults.Add("the JSON array holds something that is not a string. Give each key as a string.");
                Place(known, $"entry {++entry} of the array");
            }
        }
        // InvalidOperationException: a string with a lone surrogate.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            _faults.Add("the text begins with '[' but is not a JSON array of strings.");
        }
    }

    private void ReadPemBlocks(string text)
    {
        // .env files and some secret stores keep line breaks as the two characters \n.
        // And files without a last line break, as .NET writes them, are joined by `cat` into one line of ten dashes.
        ReadOnlySpan<char> rest = text
            .Replace("\\r", "", StringComparison.Ordinal)
            .Replace("\\n", "\n", StringComparison.Ordinal)
            .Replace("----------BEGIN", "-----\n-----BEGIN", StringComparison.Ordinal);
        bool isAlone = rest.Count("-----BEGIN") == 1;
        for (int number = 1; !rest.IsWhiteSpace(); number++)
        {
            int known = _faults.Count;
            bool isBlock = PemEncoding.TryFind(rest, out PemFields block);
            if (!isBlock && rest.Contains("-----BEGIN", StringComparison.Ordinal))
            {
                _faults.Add(rest.Contains("ENCRYPTED", StringComparison.Ordinal)
                    ? KeyDer.EncryptedFault
                    : "the PEM text is damaged: a block is cut off, or its lines are not base64.");
                return;
            }

            if (!isBlock || !rest[..block.Location.Start].IsWhiteSpace())
            {
                _faults.Add("there is text outside the PEM block. Give the block alone, from -----BEGIN to the last dash.");
                return;
            }

            if (rest[block.Label].StartsWith("OPENSSH", StringComparison.Ordinal))
                _faults.Add("this is an OpenSSH private key. Convert it with: ssh-keygen -p -m PEM -f key");
            else
                ReadDer(Convert.FromBase64String(rest[block.Base64Data].ToString()));
            if (!isAlone)
                Place(known, $"block {number}");
            rest = rest[block.Location.End..];
        }
    }

    /// <summary>Says of the faults that are new where in the text they are.</summary>
    private void Place(int known, string place)
    {
        for (int i = known; i < _faults.Count; i++)
            _faults[i] = $"{place}: {_faults[i]}";
    }

    private void ReadBase64(string text, int layer)
    {
        string compact = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        byte[] bytes = new byte[compact.Length];
        if (compact.AsSpan().ContainsAnyExcept(Base64Alphabet) || !Convert.TryFromBase64String(compact, bytes, out int length))
            _faults.Add("the text is neither PEM nor base64. Give the key's text, not a file name: PEM, or base64 of PEM or DER.");
        else if (bytes.AsSpan(0, length) is var content && LooksLikeText(content))
            ReadLayer(Encoding.UTF8.GetString(content), layer + 1);
        else
            ReadDer(bytes[..length]);
    }

    // DER begins with the tag of a SEQUENCE, 0x30, which is the digit '0': no form of key text begins with one.
    private static bool LooksLikeText(ReadOnlySpan<byte> content) => !content.IsEmpty && content[0] != 0x30;

    private void ReadDer(byte[] der)
    {
        if (KeyDer.TryRead(der, _wantPrivate, out RsaKey? key, out string? fault))
            _keys.Add(key);
        else
            _faults.Add(fault);
    }
}
