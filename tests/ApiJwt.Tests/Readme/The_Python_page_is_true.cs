using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hudya.Tests.Interop;

namespace Hudya.Tests.Readme;

public partial class The_Python_page_is_true
{
    private const string IntegerLevel = "level 3, as an integer";

    private static readonly Page Shown = Page.At("src/ApiJwt/docs/PYTHON.md");

    /// <summary>The rows of the table: the request, our bytes and those of Python.</summary>
    private static readonly (string Asked, string Ours, string Theirs)[] Rows =
    [
        .. Row().Matches(Shown.Text).Select(match => (
            match.Groups["asked"].Value,
            match.Groups["ours"].Value,
            match.Groups["theirs"].Value is "the same" ? match.Groups["ours"].Value : match.Groups["theirs"].Value.Trim('`'))),
    ];

    private static readonly Dictionary<string, TokenRequest> Requests = new()
    {
        ["subject `ann`"] = new() { Subject = "ann" },
        ["key `support`"] = new() { Subject = "ann", Key = "support" },
        ["one hour, at 00:00:00.75"] = new() { Subject = "ann" },
        ["level 3.0"] = new() { Subject = "ann", Level = 3 },
        ["level 3.1"] = new() { Subject = "ann", Level = 3.1 },
        ["no factor"] = new() { Subject = "ann" },
        ["target `bob`"] = new() { Subject = "ann", Target = "bob" },
        ["do not track, 2"] = new() { Subject = "ann", DoNotTrack = DoNotTrack.NotAnonymous },
        ["no scopes"] = new() { Subject = "ann" },
        ["two scopes"] = new() { Subject = "ann", Key = "support", Scopes = ["support:mobile", "support:power"] },
        ["an integer extra, 42"] = RequestWith.Extra("quota", 42),
        ["a number extra, 100.0"] = RequestWith.Extra("rate", 100.0),
        ["a number extra, 0.00001"] = RequestWith.Extra("rate", 0.00001),
        ["a list extra"] = RequestWith.Extra("regions", new[] { "north", "west" }),
        ["a number extra, 10^16"] = RequestWith.Extra("rate", 1e16),
        ["subject `Åse`"] = new() { Subject = "Åse" },
        ["factor `a<b`"] = new() { Subject = "ann", Factor = "a<b" },
        [IntegerLevel] = new() { Subject = "ann", Level = 3 },
    };

    /// <summary>The extras and the integer level, in a form that the script understands.</summary>
    private static readonly Dictionary<string, JsonNode> Extras = new()
    {
        ["an integer extra, 42"] = new JsonObject { ["quota"] = 42 },
        ["a number extra, 100.0"] = new JsonObject { ["rate"] = WireCase.Float(100) },
        ["a number extra, 10^16"] = new JsonObject { ["rate"] = WireCase.Float(1e16) },
        ["a number extra, 0.00001"] = new JsonObject { ["rate"] = WireCase.Float(0.00001) },
        [IntegerLevel] = new JsonObject { ["level"] = 3 },
        ["a list extra"] = new JsonObject { ["regions"] = new JsonArray("north", "west") },
    };

    [Fact]
    public void The_bytes_in_every_row_are_those_that_this_library_writes()
    {
        Rows.Select(row => row.Asked).Should().Equal(Requests.Keys);
        foreach ((string asked, string ours, _) in Rows)
            Wire.PayloadOf(InteropJwt.Issuer().Encode(Requests[asked])).Should().Contain(ours);
    }

    [Fact]
    public async Task The_bytes_in_every_row_are_those_that_the_Python_library_writes()
    {
        IReadOnlyList<JsonObject> answers = await ForeignTool.Original.AskAsync("issue", InteropJwt.ToOriginal(Rows.Select(row => AsJson(row.Asked))));

        answers.Should().HaveCount(Rows.Length);
        foreach (((string _, _, string theirs), JsonObject answer) in Rows.Zip(answers))
            Wire.PayloadOf((string)answer["token"]!).Should().Contain(theirs);
    }

    [Fact]
    public void Both_spellings_of_a_text_have_the_same_value() =>
        Rows.Where(row => row.Ours != row.Theirs && row.Asked != IntegerLevel).Should().HaveCount(3).And.AllSatisfy(row =>
            InteropJwt.ShouldBeEqual(JsonNode.Parse($"{{{row.Theirs}}}"), JsonNode.Parse($"{{{row.Ours}}}")!));

    [Fact]
    public void Both_spellings_of_a_level_read_as_the_same_level()
    {
        (_, string ours, string theirs) = Rows.Single(row => row.Asked == IntegerLevel);

        new[] { ours, theirs }.Select(level => Reading.Of(level).Level).Should().Equal(3.0, 3.0);
    }

    [Fact]
    public void The_headers_on_the_page_are_those_of_issued_tokens()
    {
        ApiJwtOptions withoutKeyId = TestKeys.Issuing;
        withoutKeyId.WriteKeyId = false;
        string header = Wire.HeaderOf(InteropJwt.Issuer().Encode(new TokenRequest { Subject = "ann" }));

        header = header.Replace(TestKeys.Ours.KeyId, $"({TestKeys.Ours.KeyId.Length} characters)", StringComparison.Ordinal);
        Shown.BlocksOf("json").Should().Equal(header + "\n", Wire.HeaderOf(new PlainJwt(withoutKeyId).Encode(new TokenRequest { Subject = "ann" })) + "\n");
    }

    private static JsonObject AsJson(string asked)
    {
        JsonObject json = new WireCase(Requests[asked]).ToJson();
        if (Extras.TryGetValue(asked, out JsonNode? extras))
        {
            foreach ((string name, JsonNode? value) in extras.AsObject())
                json[name] = value!.DeepClone();
        }

        return json;
    }

    [GeneratedRegex(@"^\| (?<asked>[^|]+) \| `(?<ours>""[^|]+)` \| (?<theirs>[^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
