namespace Hudya.Tests.Readme;

#region Pkcs11Signer
using System.Security.Cryptography;
using ApiJwts;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;
using Net.Pkcs11Interop.HighLevelAPI.Factories;

// The key pair with this label, in a token that a user is logged in to.
public sealed class Pkcs11Signer(ISlot token, string label) : TokenSigner
{
    private readonly IObjectHandle _privateKey = Find(token, CKO.CKO_PRIVATE_KEY, label);

    public override string PublicKey { get; } = ReadPublicKey(token, label);

    public override ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signingInput, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // A session signs one thing at a time, and tokens are issued on many threads.
        using ISession session = token.OpenSession(SessionType.ReadOnly);
        using IMechanism mechanism = session.Factories.MechanismFactory.Create(CKM.CKM_SHA256_RSA_PKCS);
        return new(session.Sign(mechanism, _privateKey, signingInput.ToArray()));
    }

    private static string ReadPublicKey(ISlot token, string label)
    {
        using ISession session = token.OpenSession(SessionType.ReadOnly);
        List<IObjectAttribute> numbers = session.GetAttributeValue(Find(token, CKO.CKO_PUBLIC_KEY, label), [CKA.CKA_MODULUS, CKA.CKA_PUBLIC_EXPONENT]);
        using RSA rsa = RSA.Create(new RSAParameters { Modulus = numbers[0].GetValueAsByteArray(), Exponent = numbers[1].GetValueAsByteArray() });
        return rsa.ExportSubjectPublicKeyInfoPem();
    }

    private static IObjectHandle Find(ISlot token, CKO kind, string label)
    {
        using ISession session = token.OpenSession(SessionType.ReadOnly);
        IObjectAttributeFactory attributes = session.Factories.ObjectAttributeFactory;
        return session.FindAllObjects([attributes.Create(CKA.CKA_CLASS, kind), attributes.Create(CKA.CKA_LABEL, label)]).Single();
    }
}
#endregion
