namespace Hudya.Tests.Tool;

public sealed class A_mistake_is_explained_in_a_sentence : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    public static TheoryData<string, string[]> Mistakes { get; } = new()
    {
        { "Required command was not provided.", [] },
        { "Did you mean one of the following?\nread", ["raed"] },
        { "Run 'apijwt keys --help' for the usage.", ["keys"] },
        { "Give --key FILE or --jwks URL.", ["verify", "a.b.c"] },
        { "--jwks takes an absolute address", ["verify", "a.b.c", "--jwks", "jwks.json"] },
        { "--allow-http has no effect without --jwks.", ["verify", "a.b.c", "--key", "x", "--allow-http"] },
        { "--key: there is no file with this name.", ["verify", "a.b.c", "--key", "nothing.pem"] },
        { "There is no file with this name", ["keys", "show", "nothing.pem"] },
        { "Option '--subject' is required.", ["issue"] },
        { "--ttl takes hours, minutes and seconds", ["issue", "--subject", "ann", "--ttl", "10"] },
        { "--ttl takes hours, minutes and seconds", ["issue", "--subject", "ann", "--ttl", "00:00:00"] },
        { "--level takes a number with a point", ["issue", "--subject", "ann", "--level", "3,1"] },
        { "--extra takes NAME=TEXT", ["issue", "--subject", "ann", "--extra", "name"] },
        { "--extra takes NAME=TEXT", ["issue", "--subject", "ann", "--extra", "name:=[1]"] },
        { "--extra was given twice", ["issue", "--subject", "ann", "--extra", "a=1", "--extra", "a=2"] },
        { "--class has no effect without --assembly.", ["issue", "--subject", "ann", "--class", "HudyaJwt"] },
        { "--issuer has no effect with --assembly", ["issue", "--subject", "ann", "--issuer", "me", "--assembly", "x.dll"] },
        { "is reserved. Give the extra another name.", ["issue", "--subject", "ann", "--extra", "exp=1"] },
        { "The subject must be a non-empty string", ["issue", "--subject", ""] },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task It_ends_with_code_2_and_says_what_to_do(string words, string[] command)
    {
        ToolAnswer answer = await _work.RunAsync(command);

        answer.ExitCode.Should().Be(2);
        answer.Output.Should().BeEmpty();
        answer.Errors.Should().Contain(words).And.NotContain("   at ");
    }

    public static TheoryData<string[]> Misplaced { get; } = new()
    {
        { [Secret] },
        { ["raed", Secret] },
        { ["keys", "new", Secret] },
        { ["keys", "show", "public.pem", Secret] },
        { ["keys", "show", Secret[..200]] },
        { ["jwks", Secret] },
        { ["read", Secret] },
        { ["verify", "a.b.c", "--key", Secret] },
        { ["verify", "a.b.c", "--kee", Secret] },
        { ["verify", "a.b.c", $"--kee={Secret}"] },
        { ["verify", "a.b.c", "--jwks", Secret] },
        { ["issue", "--subject", "ann", Secret] },
        { ["issue", "--subject", "ann", "--ttl", Secret] },
        { ["issue", "--subject", "ann", "--private-key", Secret] },
        { ["issue", "--subject", "ann", "--assembly", Secret] },
    };

    // As a private key and as a token look.
    private static string Secret => TestKeys.Ours.PrivateKeyForEnvironment;

    [Theory]
    [MemberData(nameof(Misplaced))]
    public async Task A_key_or_a_token_in_the_wrong_place_is_not_repeated(string[] command)
    {
        ToolAnswer answer = await _work.RunAsync(command);

        answer.ExitCode.Should().Be(2, answer.Output);
        (answer.Output + answer.Errors).Should().NotContain(Secret[..30]);
    }

    [Theory]
    [InlineData("verify", "a.b.c", "--key", "private.pem")]
    [InlineData("jwks", "private.pem")]
    public async Task A_private_key_where_a_public_one_belongs_is_refused_in_the_librarys_words(params string[] command)
    {
        _work.Write("private.pem", TestKeys.Ours.PrivateKeyPem);

        ToolAnswer answer = await _work.RunAsync(command);

        answer.ExitCode.Should().Be(2);
        answer.Errors.Should().StartWith("private.pem: this is a private key where a public one belongs.");
    }

    [Fact]
    public async Task A_public_key_cannot_sign()
    {
        _work.Write("public.pem", TestKeys.Ours.PublicKeyPem);

        ToolAnswer answer = await _work.RunAsync("issue", "--subject", "ann", "--private-key", "public.pem");

        answer.ExitCode.Should().Be(2);
        answer.Errors.Should().StartWith("--private-key: this is a public key where the private one belongs.");
    }
}
