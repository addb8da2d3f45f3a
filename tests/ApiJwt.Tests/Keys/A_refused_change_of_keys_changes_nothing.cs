using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class A_refused_change_of_keys_changes_nothing
{
    private readonly PlainJwt _jwt = new(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, PublicKeys = { TestKeys.Second.PublicKeyPem } });

    [Fact]
    public void When_there_is_nothing_to_override_with()
    {
        MustRefuse<ApiJwtException>(keys => keys.Override(), "KeyRing.Override was given no key. Pass publicKeys, privateKey or both; KeyRing.Reset goes back to the constructor's keys.");
    }

    [Fact]
    public void When_the_list_is_empty()
    {
        const string Message = "publicKeys: the list is empty. Give at least one key: no key never means that every token is accepted.";

        MustRefuse<KeyFormatException>(keys => keys.Override([]), Message);
        MustRefuse<KeyFormatException>(keys => keys.Override([], TestKeys.Foreign.PrivateKeyPem), Message);
        MustRefuse<KeyFormatException>(keys => keys.AddPublic(), Message);
    }

    [Fact]
    public void When_the_list_is_null()
    {
        MustRefuse<ArgumentNullException>(keys => keys.AddPublic(null!), "*publicKeys*");
    }

    [Fact]
    public void When_one_of_several_public_keys_is_no_use()
    {
        MustRefuse<KeyFormatException>(keys => keys.AddPublic(TestKeys.Foreign.PublicKeyPem, "not a key"), "publicKeys[1]: the text is neither PEM nor base64*");
        MustRefuse<KeyFormatException>(keys => keys.Override([TestKeys.Foreign.PublicKeyPem, TestKeys.Foreign.PrivateKeyPem]), "publicKeys[1]: this is a private key*");
        MustRefuse<KeyFormatException>(keys => keys.Override([TestKeys.Foreign.PublicKeyPem, null!]), "publicKeys[1]: the text is empty*");
    }

    [Fact]
    public void When_the_private_key_is_no_use()
    {
        MustRefuse<KeyFormatException>(keys => keys.Override(privateKey: ""), "privateKey: the text is empty*");
        MustRefuse<KeyFormatException>(keys => keys.Override([TestKeys.Foreign.PublicKeyPem], TestKeys.Foreign.PublicKeyPem), "privateKey: this is a public key*");
    }

    [Fact]
    public void When_the_key_to_rotate_to_is_no_use()
    {
        using RSA shortKey = RSA.Create(1024);

        MustRefuse<KeyFormatException>(keys => keys.Rotate("not a key"), "privateKey: the text is neither PEM nor base64*");
        MustRefuse<KeyFormatException>(keys => keys.Rotate(TestKeys.Foreign.PublicKeyPem), "privateKey: this is a public key*");
        MustRefuse<KeyFormatException>(keys => keys.Rotate(TokenSigner.FromRsa(shortKey)), "*.PublicKey: the key has 1024 bits*");
        MustRefuse<KeyFormatException>(keys => keys.Rotate(new Signer(TestKeys.Foreign.PrivateKeyPem)), "Signer.PublicKey: this is a private key*");
        MustRefuse<KeyFormatException>(keys => keys.Rotate(new Signer(TestKeys.Foreign.PublicKeyPem + TestKeys.Second.PublicKeyPem)), "Signer.PublicKey: the text holds 2 keys. Give the public half of the key that signs.");
    }

    [Fact]
    public void When_the_key_to_remove_is_not_there_or_signs()
    {
        MustRefuse<ApiJwtException>(keys => keys.Remove(TestKeys.Foreign.KeyId), $"No key has this id. The key ids are {TestKeys.Ours.KeyId}, {TestKeys.Second.KeyId}. Name one of them.");
        MustRefuse<ApiJwtException>(keys => keys.Remove(""), "No key has this id.*");
        MustRefuse<ApiJwtException>(keys => keys.Remove(TestKeys.Ours.KeyId), "This key signs tokens, and cannot be removed. Call KeyRing.Rotate with a new private key first.");
    }

    [Fact]
    public void And_every_fault_is_named_at_once()
    {
        KeyFormatException exception = MustRefuse<KeyFormatException>(keys => keys.Override([TestKeys.Foreign.PrivateKeyPem, ""], TestKeys.Foreign.PublicKeyPem), "3 keys cannot be used*");

        exception.Faults.Should().SatisfyRespectively(
            fault => fault.Should().StartWith("publicKeys[0]: this is a private key"),
            fault => fault.Should().StartWith("publicKeys[1]: the text is empty"),
            fault => fault.Should().StartWith("privateKey: this is a public key"));
        Refused.Repeats_nothing_of(TestKeys.Foreign.PrivateKeyPem, exception);
        Refused.Repeats_nothing_of(TestKeys.Foreign.PublicKeyPem, exception);
    }

    private TException MustRefuse<TException>(Action<KeyRing> change, string message)
        where TException : Exception
    {
        TException exception = _jwt.Keys.Invoking(change).Should().Throw<TException>().WithMessage(message).Which;

        _jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        _jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        _jwt.Decode(_jwt.Encode(new TokenRequest { Subject = "ann" })).IsValid.Should().BeTrue();
        _jwt.Decode(Issued.By(TestKeys.Second)).IsValid.Should().BeTrue();
        _jwt.Decode(Issued.By(TestKeys.Foreign)).IsValid.Should().BeFalse();
        return exception;
    }

    private sealed class Signer(string publicKey) : TokenSigner
    {
        public override string PublicKey { get; } = publicKey;

        public override ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signingInput, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
