using System.Globalization;
using System.Text.Json;

namespace ApiJwts;

/// <summary>
/// Reads the claims of a payload whose signature is good. What is checked here is what is returned: there is no second reading.
/// </summary>
internal ref struct PayloadReader
{
    // The first second of the year 1.
    private const long EarliestSecond = -62135596800;

    private const string NotStrict = "The payload is not one strict JSON object.";

    private Utf8JsonReader _reader;
    private Claims _seen;
    private string? _fault;
    private DateTimeOffset _notBefore;
    private Dictionary<string, ClaimContent>? _others;

    [Flags]
    private enum Claims
    {
        None = 0,
        Issuer = 1,
        Subject = 2,
        Expiry = 4,
        Level = 8,
        Factor = 16,
        Target = 32,
        DoNotTrack = 64,
        Scopes = 128,
    }

    /// <summary>The payload; <see langword="null"/> with a <paramref name="fault"/> that names the claim.</summary>
    public static VerifiedPayload? Read(ReadOnlySpan<byte> json, PayloadPolicy policy, out string? fault)
    {
        var reader = new PayloadReader();
        VerifiedPayload? payload = null;
        if (StrictJson.TryOpenObject(json, out reader._reader))
            payload = reader.Read(policy);
        else
            reader._fault = NotStrict;
        fault = reader._fault;
        return payload;
    }

    private VerifiedPayload? Read(PayloadPolicy policy)
    {
        string subject = "", issuer = "", factor = "", target = "", scopes = "";
        double level = 0;
        var doNotTrack = DoNotTrack.Normal;
        DateTimeOffset expiresAt = default;
        while (_fault is null && StrictJson.NextMember(ref _reader))
        {
            Claims claim = Recognise();
            // Only a name of others costs a string.
            string? name = claim == Claims.None ? _reader.GetString() : null;
            Claims before = _seen;
            _seen |= claim;
            if (name is null && _seen == before)
                Refuse(NotStrict);
            _reader.Read();
            switch (claim)
            {
                case Claims.Issuer:
                    issuer = Text(ClaimNames.Issuer);
                    break;
                case Claims.Subject:
                    subject = Text(ClaimNames.Subject);
                    break;
                case Claims.Expiry:
                    expiresAt = Time(ClaimNames.ExpiresAt);
                    break;
                case Claims.Level:
                    level = Level();
                    break;
                case Claims.Factor:
                    factor = Text(ClaimNames.Factor);
                    break;
                case Claims.Target:
                    target = Text(ClaimNames.Target);
                    break;
                case Claims.DoNotTrack:
                    doNotTrack = DoNotTrackChoice();
                    break;
                case Claims.Scopes:
                    scopes = Scopes();
                    break;
                default:
                    ReadOther(name!);
                    break;
            }
        }

        _fault ??= subject.Length == 0 ? "The claim 'sub' is missing or empty."
            : (_seen & Claims.Expiry) == 0 ? "The claim 'exp' is missing."
            : null;
        if (_fault is not null)
            return null;
        return new VerifiedPayload(subject, issuer, policy.KeyOf(issuer), scopes, _others)
        {
            Level = level,
            Factor = factor,
            Target = target,
            DoNotTrack = doNotTrack,
            ExpiresAt = expiresAt,
            NotBefore = _notBefore,
        };
    }

    private Claims Recognise() =>
        _reader.ValueTextEquals("iss"u8) ? Claims.Issuer
        : _reader.ValueTextEquals("sub"u8) ? Claims.Subject
        : _reader.ValueTextEquals("exp"u8) ? Claims.Expiry
        : _reader.ValueTextEquals("level"u8) ? Claims.Level
        : _reader.ValueTextEquals("factor"u8) ? Claims.Factor
        : _reader.ValueTextEquals("target"u8) ? Claims.Target
        : _reader.ValueTextEquals("dnt"u8) ? Claims.DoNotTrack
        : _reader.ValueTextEquals("scopes"u8) ? Claims.Scopes
        : Claims.None;

    private string Text(string claim)
    {
        if (_reader.TokenType == JsonTokenType.String)
            return _reader.GetString()!;
        Refuse($"The claim '{claim}' is not a string.");
        return "";
    }

    /// <summary>A NumericDate (RFC 7519, section 2): a JSON number of seconds since 1970, which may have a fraction.</summary>
    private DateTimeOffset Time(string claim)
    {
        if (_reader.TokenType == JsonTokenType.Number)
        {
            if (_reader.TryGetInt64(out long seconds) && seconds <= WireText.LatestSecond)
                return DateTimeOffset.FromUnixTimeSeconds(Math.Max(seconds, EarliestSecond));
            if (_reader.TryGetDouble(out double fractional) && double.IsFinite(fractional) && fractional <= WireText.LatestSecond)
                return DateTimeOffset.UnixEpoch.AddTicks((long)(Math.Max(fractional, EarliestSecond) * TimeSpan.TicksPerSecond));
        }

        Refuse($"The claim '{claim}' is not a finite JSON number of seconds up to the year 9999.");
        return default;
    }

    /// <summary>Digits, perhaps with a point between digits: no sign, no exponent, no blanks, no words such as nan.</summary>
    private double Level()
    {
        ReadOnlySpan<char> text = _reader.TokenType == JsonTokenType.String ? _reader.GetString() : "-";
        bool isNumber = _reader.TokenType == JsonTokenType.Number && _reader.ValueSpan[0] != '-';
        double level = 0;
        bool isLevel = isNumber
            ? _reader.TryGetDouble(out level)
            : !text.IsEmpty && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[^1])
                && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out level);
        if (isLevel && double.IsFinite(level))
            return level;
        Refuse("The claim 'level' is not a finite number, 0 or higher.");
        return 0;
    }

    private DoNotTrack DoNotTrackChoice()
    {
        if (_reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
        {
            string text = _reader.TokenType == JsonTokenType.String ? _reader.GetString()! : System.Text.Encoding.UTF8.GetString(_reader.ValueSpan);
            if (text is ['0' or '1' or '2' or '3'])
                return (DoNotTrack)(text[0] - '0');
        }

        Refuse("The claim 'dnt' is not 0, 1, 2 or 3.");
        return DoNotTrack.Normal;
    }

    private string Scopes()
    {
        if (_reader.TokenType == JsonTokenType.String)
            return _reader.GetString()!;
        // A comma inside an element would be one scope to a reader of arrays and two to a reader of strings.
        if (ReadStrings() is { } scopes && !Array.Exists(scopes, scope => scope.Contains(',', StringComparison.Ordinal)))
            return string.Join(',', scopes);
        Refuse("The claim 'scopes' is neither a string nor an array of strings without commas.");
        return "";
    }

    private void ReadOther(string name)
    {
        _others ??= new Dictionary<string, ClaimContent>(StringComparer.Ordinal);
        if (name is ClaimNames.NotBefore)
            _notBefore = Time(name);
        else if (name is ClaimNames.IssuedAt)
            Time(name);
        // RFC 7519, section 4.1.7. A deny-list must not find 1 where another reader found "1".
        else if (name is ClaimNames.TokenId && _reader.TokenType != JsonTokenType.String)
            Refuse("The claim 'jti' is not a string.");
        if (!_others.TryAdd(name, Content()))
            Refuse(NotStrict);
    }

    private ClaimContent Content()
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.String:
                return new ClaimContent(ClaimContentKind.Text, _reader.GetString());
            case JsonTokenType.Number:
                return new ClaimContent(ClaimContentKind.Number, System.Text.Encoding.UTF8.GetString(_reader.ValueSpan));
            case JsonTokenType.StartArray:
                return ReadStrings() is { } list ? new ClaimContent(ClaimContentKind.List, List: list) : default;
            default:
                Skip();
                return default;
        }
    }

    /// <summary>The elements of an array, without empty ones; <see langword="null"/> if this is not one or has others than strings.</summary>
    private string[]? ReadStrings()
    {
        if (_reader.TokenType != JsonTokenType.StartArray)
            return null;
        var strings = new List<string>();
        bool isClean = true;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType != JsonTokenType.String)
            {
                isClean = false;
                Skip();
            }
            else if (_reader.GetString() is { Length: > 0 } element)
            {
                strings.Add(element);
            }
        }

        return isClean ? [.. strings] : null;
    }

    /// <summary>The reading ends here: what one fault makes worthless needs no second.</summary>
    private void Refuse(string fault) => _fault = fault;

    private void Skip()
    {
        if (!StrictJson.Skip(ref _reader))
            Refuse(NotStrict);
    }
}
