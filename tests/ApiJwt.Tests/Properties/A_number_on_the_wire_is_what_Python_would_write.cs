using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;

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

    [Fact]
    public void A_number_reads_back_as_the_same_number_and_has_the_form_of_a_Python_float() => Property.Holds(Number.Array[NumbersPerToken], numbers =>
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
        JsonObject claims = Wire.ClaimsOf(token);
        return [.. numbers.Select((_, index) => claims[$"n{index}"]!.GetValue<string>())];
    }

    [GeneratedRegex(@"^-?(0|[1-9]\d*)\.(0|\d*[1-9])$")]
    private static partial Regex PlainForm();

    [GeneratedRegex(@"^-?[1-9](\.\d*[1-9])?e[+-](0[1-9]|[1-9]\d+)$")]
    private static partial Regex ExponentForm();
}
