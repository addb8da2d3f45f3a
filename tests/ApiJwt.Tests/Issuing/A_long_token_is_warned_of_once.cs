using Hudya.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Issuing;

/// <summary>Many proxies refuse a header of more than 8 KB, and their refusal says nothing of the token.</summary>
public class A_long_token_is_warned_of_once
{
    private readonly RecordingLogger _logger = new();

    private IEnumerable<LogEntry> Warnings => _logger.Entries.Where(entry => entry.Event.Id == 10);

    [Fact]
    public void However_many_are_issued()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, logger: _logger);

        string first = jwt.Encode(Long(5000));
        jwt.Encode(Long(5000));
        jwt.Encode(Long(6000));

        LogEntry warning = Warnings.Should().ContainSingle().Which;
        warning.Level.Should().Be(LogLevel.Warning);
        warning.Text.Should().Contain($"{first.Length} characters").And.NotContain("aaaa");
    }

    [Fact]
    public void From_7001_characters_on()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, logger: _logger);
        int length = 4000;
        while (jwt.Encode(Long(length)).Length < 7000)
            length++;

        jwt.Encode(Long(length)).Should().HaveLength(7000);
        Warnings.Should().BeEmpty();

        jwt.Encode(Long(length + 1)).Length.Should().BeGreaterThan(7000);
        Warnings.Should().ContainSingle();
    }

    [Fact]
    public void And_not_when_it_is_not_issued()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, logger: _logger);

        Refusal.Of(jwt, Long(20_000));
        Warnings.Should().BeEmpty();

        jwt.Encode(Long(6000));
        Warnings.Should().ContainSingle();
    }

    private static TokenRequest Long(int length) => new() { Subject = new string('a', length) };
}
