using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;
using Net.Pkcs11Interop.HighLevelAPI.Factories;

namespace Hudya.Tests.Hsm;

/// <summary>A SoftHSM 2 token in a temporary folder, with a user logged in. Keys that are made in it cannot be exported.</summary>
/// <remarks>A process loads the library once, so only one instance can exist at a time.</remarks>
public sealed class SoftHsm : IDisposable
{
    private const string Pin = "1234";
    private const string OfficersPin = "12345678";

    private static readonly string[] Places = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("apijwt-softhsm-");
    private readonly IPkcs11Library _library;

    // The user is logged in as long as this session is open.
    [SuppressMessage("Usage", "CA2213", Justification = "The library closes it, and a test may close it earlier.")]
    private readonly ISession _session;

    static SoftHsm() =>
        // Current C libraries have libdl.so only if their headers are installed.
        NativeLibrary.SetDllImportResolver(typeof(Pkcs11InteropFactories).Assembly, (name, _, _) => name == "libdl" ? NativeLibrary.Load("libdl.so.2") : 0);

    public SoftHsm()
    {
        Tokens.Create();
        _library = Load();
        // SoftHSM always offers one token that is not initialized.
        _library.GetSlotList(SlotsType.WithTokenPresent).Single().InitToken(OfficersPin, "apijwt");
        Slot = _library.GetSlotList(SlotsType.WithTokenPresent).Single(slot => slot.GetTokenInfo().TokenFlags.TokenInitialized);
        using (ISession officer = Slot.OpenSession(SessionType.ReadWrite))
        {
            officer.Login(CKU.CKU_SO, OfficersPin);
            officer.InitPin(Pin);
        }

        _session = Slot.OpenSession(SessionType.ReadWrite);
        LogIn();
    }

    /// <summary>The path of the library, or <see langword="null"/> if it is not installed.</summary>
    public static string? LibraryPath { get; } = Array.Find(Places, File.Exists);

    public ILibraryInfo Library => _library.GetInfo();

    /// <summary>The slot of the token.</summary>
    public ISlot Slot { get; }

    private DirectoryInfo Tokens => new(Path.Join(_folder.FullName, "tokens"));

    public void LogIn() => _session.Login(CKU.CKU_USER, Pin);

    public void LogOut() => _session.Logout();

    public IReadOnlyList<IObjectAttribute> Read(IObjectHandle key, params CKA[] attributes) => _session.GetAttributeValue(key, [.. attributes]);

    /// <summary>Makes a key pair in the token, and returns its private half, which cannot be exported.</summary>
    public IObjectHandle MakeKey(string label, int bits = 2048)
    {
        IObjectAttributeFactory attributes = _session.Factories.ObjectAttributeFactory;
        using IMechanism mechanism = _session.Factories.MechanismFactory.Create(CKM.CKM_RSA_PKCS_KEY_PAIR_GEN);
        _session.GenerateKeyPair(
            mechanism,
            [
                attributes.Create(CKA.CKA_TOKEN, true), attributes.Create(CKA.CKA_LABEL, label), attributes.Create(CKA.CKA_VERIFY, true),
                attributes.Create(CKA.CKA_MODULUS_BITS, (ulong)bits), attributes.Create(CKA.CKA_PUBLIC_EXPONENT, new byte[] { 1, 0, 1 }),
            ],
            [
                attributes.Create(CKA.CKA_TOKEN, true), attributes.Create(CKA.CKA_LABEL, label), attributes.Create(CKA.CKA_SIGN, true),
                attributes.Create(CKA.CKA_PRIVATE, true), attributes.Create(CKA.CKA_SENSITIVE, true), attributes.Create(CKA.CKA_EXTRACTABLE, false),
            ],
            out _,
            out IObjectHandle privateKey);
        return privateKey;
    }

    /// <summary>Removes the token while it is in use.</summary>
    public void PullOut() => Tokens.Delete(recursive: true);

    public void Dispose()
    {
        _library.Dispose();
        _folder.Delete(recursive: true);
    }

    private IPkcs11Library Load()
    {
        string configuration = Path.Join(_folder.FullName, "softhsm2.conf");
        File.WriteAllText(configuration, $"directories.tokendir = {Tokens.FullName}\nobjectstore.backend = file\nlog.level = ERROR\n");
        // .NET keeps its own copy of the environment, which native code does not see.
        if (NativeMethods.SetEnvironmentVariable("SOFTHSM2_CONF", configuration, 1) != 0)
            throw new InvalidOperationException("The environment could not be changed.");
        var factories = new Pkcs11InteropFactories();
        return factories.Pkcs11LibraryFactory.LoadPkcs11Library(factories, LibraryPath!, AppType.MultiThreaded);
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int SetEnvironmentVariable(string name, string value, int overwrite);
    }
}
