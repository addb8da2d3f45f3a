using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Hudya.Tests.Interop;

namespace Hudya.Tests.Keys;

/// <summary>Reads the memory of this process, as an attacker with a memory dump could.</summary>
[Collection(nameof(WholeProcess))]
public sealed class KeyMemoryTests : IDisposable
{
    // The search text is masked, so that the search does not find itself.
    private const byte Mask = 0x5A;

    private readonly KeyFolder _folder = new();

    public KeyMemoryTests() => OverwriteWhatIsFreed(isOn: true);

    public void Dispose()
    {
        OverwriteWhatIsFreed(isOn: false);
        _folder.Dispose();
    }

    [Theory]
    [InlineData("openssl pkcs8 -topk8 -nocrypt -in made -out key")]
    [InlineData("openssl pkcs8 -topk8 -nocrypt -in made -outform DER -out key")]
    [InlineData("openssl rsa -traditional -in made -out key")]
    [InlineData("openssl rsa -traditional -in made -outform DER -out key")]
    [InlineData("base64 -w0 made > key")]
    [InlineData("printf '[\"%s\"]' $(base64 -w0 made) > key")]
    public async Task The_text_and_the_numbers_of_a_key_file_do_not_stay_in_memory(string command)
    {
        await MakeAsync(command);

        PlainJwt jwt = LoadAndUse(name => new ApiJwtOptions { PrivateKeyFile = _folder.PathOf(name) });

        foreach (string form in (string[])["key", "pem", "numbers"])
            ShouldNotBeInMemory(form);
        GC.KeepAlive(jwt);
    }

    [Fact]
    public async Task The_numbers_of_a_PFX_file_do_not_stay_in_memory()
    {
        await MakeAsync("openssl req -x509 -key made -subj /CN=api -out certificate && openssl pkcs12 -export -inkey made -in certificate -passout pass:horse -out key");

        PlainJwt jwt = LoadAndUse(name => new ApiJwtOptions { CertificateFile = _folder.PathOf(name), CertificatePassword = "horse" });

        ShouldNotBeInMemory("numbers");
        GC.KeepAlive(jwt);
    }

    /// <summary>Makes a service with the key, and signs and verifies with it.</summary>
    /// <remarks>
    /// OpenSSL frees memory without clearing the key in it, as SECURITY.md says. The allocator overwrites most of it, and the next keys
    /// that are read overwrite the rest. A copy that this library made would remain.
    /// </remarks>
    private static PlainJwt LoadAndUse(Func<string, ApiJwtOptions> optionsFor)
    {
        var jwt = new PlainJwt(optionsFor("key"));
        for (int i = 0; i < 20; i++)
            new PlainJwt(optionsFor("other")).Encode(new TokenRequest { Subject = "ann" }).Should().NotBeEmpty();
        jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann" })).IsValid.Should().BeTrue();
        return jwt;
    }

    /// <summary>Makes the allocator of the GNU C library, which OpenSSL uses, overwrite freed memory. .NET objects do not use it.</summary>
    private static void OverwriteWhatIsFreed(bool isOn)
    {
        const int Perturb = -6;
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out nint library) && NativeLibrary.TryGetExport(library, "mallopt", out nint mallopt))
            Marshal.GetDelegateForFunctionPointer<AllocatorOption>(mallopt)(Perturb, isOn ? 1 : 0);
    }

    /// <summary>
    /// Makes two new keys in the files <c>key</c> and <c>other</c>, and writes the PEM text and the numbers of the first to the files
    /// <c>pem</c> and <c>numbers</c>.
    /// </summary>
    private async Task MakeAsync(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows a process its memory as a file.");
        const string Make = "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out made";
        string script = $"{Make}; {command}; mv key other; {Make}; {command}; cp made pem; openssl rsa -traditional -in made -outform DER -out numbers";
        (int exitCode, _, string errors) = await ForeignTool.RunAsync("bash", ["-euc", script], folder: _folder.PathOf(""));
        if (exitCode == 127)
            MissingProgram.Report("What stays of a key in memory was not looked for: openssl is not installed.");
        exitCode.Should().Be(0, errors);
    }

    private void ShouldNotBeInMemory(string file)
    {
        // A different piece of each file, because the files can have the same content, and the search leaves its piece in memory.
        byte[] needle = MaskedPieceOf(_folder.PathOf(file), file switch { "key" => 0.6, "pem" => 0.8, _ => 0.7 });

        IsInMemory(needle).Should().BeFalse();
        IsInMemory([.. needle.SelectMany(value => new[] { value, Mask })]).Should().BeFalse("a .NET string stores a zero byte after each of these characters");
        byte[] unmasked = Array.ConvertAll(needle, value => (byte)(value ^ Mask));
        IsInMemory(needle).Should().BeTrue("the search must find the key while it is in memory");
        Array.Clear(unmasked);
    }

    /// <summary>48 bytes from the second half of a file, read one by one. In every form, that half is private.</summary>
    private static byte[] MaskedPieceOf(string path, double place)
    {
        byte[] needle = new byte[48];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        file.Position = (long)(file.Length * place);
        for (int i = 0; i < needle.Length; i++)
            needle[i] = (byte)(file.ReadByte() ^ Mask);
        return needle;
    }

    private static bool IsInMemory(byte[] needle)
    {
        byte[] piece = new byte[1 << 20];
        using var memory = new FileStream("/proc/self/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        foreach ((long start, long end) in Readable())
        {
            // Pieces overlap, so that a match across the end of one piece is found in the next.
            for (long position = start; position < end; position += piece.Length - needle.Length)
            {
                int length = TryRead(memory, position, piece.AsSpan(0, (int)Math.Min(piece.Length, end - position)));
                for (int i = 0; i < piece.Length; i += Vector<byte>.Count)
                    (new Vector<byte>(piece, i) ^ new Vector<byte>(Mask)).CopyTo(piece, i);
                bool isFound = piece.AsSpan(0, length).IndexOf(needle) >= 0;
                // The copy must be cleared, or a later search would find it.
                Array.Clear(piece);
                if (isFound)
                    return true;
            }
        }

        return false;
    }

    private static int TryRead(FileStream memory, long position, Span<byte> piece)
    {
        try
        {
            return RandomAccess.Read(memory.SafeFileHandle, piece, position);
        }
        // This part of the memory was released meanwhile, or belongs to a device.
        catch (IOException)
        {
            return 0;
        }
    }

    private static IEnumerable<(long Start, long End)> Readable()
    {
        foreach (string line in File.ReadLines("/proc/self/maps", Encoding.ASCII))
        {
            string[] parts = line.Split(' ');
            string[] bounds = parts[0].Split('-');
            if (parts[1].StartsWith("rw", StringComparison.Ordinal))
                yield return (long.Parse(bounds[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), long.Parse(bounds[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }
    }

    private delegate int AllocatorOption(int option, int value);
}
