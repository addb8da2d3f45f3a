using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Hudya.Tests.Support;

namespace Hudya.Tests.Properties;

public partial class A_number_on_the_wire_is_what_Python_would_write
{
    private const int NumbersPerToken = 20;

    private static readonly PlainJwt Service = new(TestKeys.Issuing, policy =>
    {
        for (int index = 0; index < NumbersPerToken; index++)
            policy.AllowExtra(Extra.Number($"n{index}"));
    });

    private static readonly Gen<double> Number = Gen.Frequency(
        (2, Gen.Long.Select(BitConverter.Int64BitsToDouble)),
        (2, Gen.Double),
        (1, Gen.Select(Gen.Int[-999, 999], Gen.Int[-20, 20]).Select((digits, exponent) => digits * Math.Pow(10, exponent))),
        (1, Gen.Long[-(1L << 53), 1L << 53].Select(integer => (double)integer))).Where(double.IsFinite);

    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1, "1.0")]
    [InlineData(3.1, "3.1")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(10, "10.0")]
    [InlineData(100.25, "100.25")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00012, "0.00012")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(0.000012, "1.2e-05")]
    [InlineData(123456789012345.6, "123456789012345.6")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(9999999999999998, "9999999999999998.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1.5e16, "1.5e+16")]
    [InlineData(12345678901234567890, "1.2345678901234567e+19")]
    [InlineData(1e22, "1e+22")]
    [InlineData(1e100, "1e+100")]
    [InlineData(-1e-100, "-1e-100")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(2.2250738585072014e-308, "2.2250738585072014e-308")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    public void A_number_is_written_as_Python_writes_it(double number, string text) => OnTheWire([number]).Should().Equal(text);

    [Fact]
    public void A_number_reads_back_as_the_same_number() => Property.Holds(Number.Array[NumbersPerToken], numbers =>
    {
        string[] texts = OnTheWire(numbers);

        texts.Select(text => BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)))
            .Should().Equal(numbers.Select(BitConverter.DoubleToInt64Bits));
        foreach ((double number, string text) in numbers.Zip(texts))
        {
            bool isPlain = number == 0 || Math.Abs(number) is >= 1e-4 and < 1e16;
            (isPlain ? PlainForm() : ExponentForm()).IsMatch(text).Should().BeTrue("{0} must have the form that Python writes", text);
        }
    });

    private static string[] OnTheWire(double[] numbers)
    {
        string token = Service.Encode(new TokenRequest
        {
            Subject = "ann",
            Extras = numbers.Select((number, index) => (Name: $"n{index}", number)).ToDictionary(pair => pair.Name, pair => ClaimValue.From(pair.number)),
        });
        using JsonDocument payload = JsonDocument.Parse(Forge.Decode(token.Split('.')[1]));
        return [.. numbers.Select((_, index) => payload.RootElement.GetProperty($"n{index}").GetString()!)];
    }

    [GeneratedRegex(@"^-?(0|[1-9]\d*)\.(0|\d*[1-9])$")]
    private static partial Regex PlainForm();

    [GeneratedRegex(@"^-?[1-9](\.\d*[1-9])?e[+-](0[1-9]|[1-9]\d+)$")]
    private static partial Regex ExponentForm();
}
