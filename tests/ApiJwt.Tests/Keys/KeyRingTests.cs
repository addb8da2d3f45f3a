using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

/// <summary>Tests keys that change while a service runs. <see cref="KeySourcesTests"/> tests which keys are in force after each change.</summary>
public class KeyRingTests
{
    private static readonly string OfOurs = Issued.By(TestKeys.Ours);
    private static readonly string OfSecond = Issued.By(TestKeys.Second);
    private static readonly TokenRequest Ann = new() { Subject = "ann" };

    private readonly PlainJwt _jwt = new(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, PublicKeys = { TestKeys.Second.PublicKeyPem } });

    public static TheoryData<string, int> Removals =>
        [.. from way in (string[])["remove", "override", "reset"] from cacheSize in (int[])[0, 1, 1024] select (way, cacheSize)];

    [Fact]
    public void A_service_without_a_key_is_refused_with_the_settings_for_keys() =>
        FluentActions.Invoking(() => new PlainJwt(new ApiJwtOptions())).Should().Throw<ApiJwtException>()
            .WithMessage("There is no key. Set ApiJwtOptions.PublicKeys or ApiJwtOptions.JwksUri to verify tokens, or ApiJwtOptions.PrivateKey to issue and verify them.");

    [Fact]
    public void Key_ids_are_listed_once_each_with_the_signing_key_first()
    {
        var verifying = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Second.PublicKeyPem, TestKeys.Ours.PublicKeyPem, TestKeys.Second.PublicKeyForEnvironment } });
        var listed = new PlainJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, PublicKeys = { TestKeys.Second.PublicKeyPem, TestKeys.Ours.PublicKeyPem } });

        verifying.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId, TestKeys.Ours.KeyId);
        verifying.Keys.SigningKeyId.Should().BeNull();
        listed.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        listed.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
    }

    [Fact]
    public void A_list_of_key_ids_does_not_change_with_the_keys()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);
        IReadOnlyList<string> before = jwt.Keys.KeyIds;

        jwt.Keys.AddPublic(TestKeys.Second.PublicKeyPem);

        before.Should().Equal(TestKeys.Ours.KeyId);
    }

    [Fact]
    public void Public_keys_are_added_once_each_in_the_order_given()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);

        jwt.Keys.AddPublic(TestKeys.Ours.PublicKeyForEnvironment);
        jwt.Keys.AddPublic(TestKeys.Second.PublicKeyPem, TestKeys.Foreign.PublicKeyForEnvironment, TestKeys.Second.PublicKeyPem);
        jwt.Keys.AddPublic(TestKeys.Second.PublicKeyPem);

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId, TestKeys.Foreign.KeyId);
    }

    [Fact]
    public void A_change_of_keys_accepts_every_form_of_key_text_that_the_settings_accept()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);

        jwt.Keys.Override([KeyWrappings.Json(TestKeys.Second.PublicKeyForEnvironment, TestKeys.Foreign.PublicKeyPem)], TestKeys.Ours.PrivateKeyForEnvironment);
        jwt.Keys.Rotate(TestKeys.Second.PrivateKeyForEnvironment);

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId, TestKeys.Ours.KeyId, TestKeys.Foreign.KeyId);
    }

    /// <summary>After a change of keys, neither an earlier acceptance nor an earlier refusal of a token remains.</summary>
    [Theory]
    [MemberData(nameof(Removals))]
    public void A_removed_key_verifies_no_token_until_it_is_added_again(string way, int cacheSize)
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Second.PublicKeyPem }, VerifiedTokenCacheSize = cacheSize });
        jwt.Decode(OfOurs).Failure.Should().Be(TokenFailure.InvalidSignature);
        jwt.Keys.AddPublic(TestKeys.Ours.PublicKeyPem);
        jwt.Decode(OfOurs).IsValid.Should().BeTrue();
        jwt.Decode(OfOurs).IsValid.Should().BeTrue();

        if (way == "remove")
            jwt.Keys.Remove(TestKeys.Ours.KeyId);
        else if (way == "override")
            jwt.Keys.Override([TestKeys.Second.PublicKeyPem]);
        else
            jwt.Keys.Reset();

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId);
        jwt.Decode(OfOurs).Failure.Should().Be(TokenFailure.InvalidSignature);
        jwt.Decode(OfSecond).IsValid.Should().BeTrue();
        jwt.Keys.AddPublic(TestKeys.Ours.PublicKeyPem);
        jwt.Decode(OfOurs).IsValid.Should().BeTrue();
    }

    [Fact]
    public void A_change_of_keys_affects_one_instance_only()
    {
        ApiJwtOptions options = TestKeys.Verifying;
        var other = new PlainJwt(options);

        new PlainJwt(options).Keys.Override([TestKeys.Second.PublicKeyPem]);

        other.Decode(OfOurs).IsValid.Should().BeTrue();
    }

    [Fact]
    public async Task A_key_can_be_removed_by_the_id_that_its_key_set_gave_it()
    {
        using var server = new AuthServer();
        server.PublishKeys(AuthServer.KeySet, (TestKeys.Ours, "2025"), (TestKeys.Second, "2026"));
        var jwt = new PlainJwt(server.Connect(new ApiJwtOptions { JwksUri = AuthServer.KeySet }));
        await jwt.Keys.RefreshAsync(TestContext.Current.CancellationToken);
        jwt.Decode(OfOurs).IsValid.Should().BeTrue();

        jwt.Keys.Remove("2025");

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId);
        jwt.Decode(OfOurs).Failure.Should().Be(TokenFailure.InvalidSignature);
        jwt.Decode(OfSecond).IsValid.Should().BeTrue();
    }

    [Fact]
    public void After_the_last_key_is_removed_no_token_is_valid()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);

        jwt.Keys.Remove(TestKeys.Ours.KeyId);

        jwt.Keys.KeyIds.Should().BeEmpty();
        jwt.Decode(OfOurs).Failure.Should().Be(TokenFailure.InvalidSignature);
        jwt.Decode(OfSecond).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    [Fact]
    public void A_rotation_leaves_at_most_the_thirty_two_keys_that_other_services_take()
    {
        ApiJwtOptions options = TestKeys.Issuing;
        for (int i = 0; i < 31; i++)
            options.PublicKeys.Add(KeyForge.AnyPublicPem());
        var jwt = new PlainJwt(options);

        jwt.Keys.Invoking(keys => keys.Rotate(TestKeys.Second.PrivateKeyPem)).Should().ThrowExactly<ApiJwtException>()
            .WithMessage("The key set would have 33 keys, and other services accept at most 32*KeyRing.Remove*");
        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        jwt.Keys.Remove(jwt.Keys.KeyIds[^1]);
        jwt.Keys.Rotate(TestKeys.Second.PrivateKeyPem);

        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Second.KeyId);
        jwt.Keys.KeyIds.Should().HaveCount(32).And.Contain(TestKeys.Ours.KeyId);
    }

    [Theory]
    [InlineData("settings"), InlineData("AddPublic"), InlineData("Override")]
    public void A_service_that_signs_logs_a_warning_about_more_than_thirty_two_keys(string way)
    {
        var logger = new RecordingLogger();
        ApiJwtOptions options = TestKeys.Issuing;
        string[] others = [.. Enumerable.Range(0, 32).Select(_ => KeyForge.AnyPublicPem())];
        foreach (string key in way == "settings" ? others : others[1..])
            options.PublicKeys.Add(key);
        var jwt = new PlainJwt(options, logger: logger);

        if (way == "AddPublic")
            jwt.Keys.AddPublic(others[0]);
        if (way == "Override")
            jwt.Keys.Override(others);

        logger.Entries.Should().ContainSingle(entry => entry.Event.Id == 16).Which.Text.Should().StartWith("This service publishes 33 keys, and other services accept a key set with at most 32.");
    }

    [Fact]
    public void An_override_without_a_usable_key_is_refused_and_changes_nothing()
    {
        const string Empty = "publicKeys: the list is empty. Give at least one key.";

        ShouldRefuse<ApiJwtException>(keys => keys.Override(), "KeyRing.Override was given no key. Pass publicKeys, privateKey or both; KeyRing.Reset goes back to the constructor's keys.");
        ShouldRefuse<KeyFormatException>(keys => keys.Override([]), Empty);
        ShouldRefuse<KeyFormatException>(keys => keys.Override([], TestKeys.Foreign.PrivateKeyPem), Empty);
        ShouldRefuse<KeyFormatException>(keys => keys.Override([TestKeys.Foreign.PublicKeyPem, TestKeys.Foreign.PrivateKeyPem]), "publicKeys[1]: this is a private key*");
        ShouldRefuse<KeyFormatException>(keys => keys.Override([TestKeys.Foreign.PublicKeyPem, null!]), "publicKeys[1]: the text is empty*");
        ShouldRefuse<KeyFormatException>(keys => keys.Override(privateKey: ""), "privateKey: the text is empty*");
        ShouldRefuse<KeyFormatException>(keys => keys.Override([TestKeys.Foreign.PublicKeyPem], TestKeys.Foreign.PublicKeyPem), "privateKey: this is a public key*");
        ShouldRefuse<KeyFormatException>(keys => keys.Override([KeyForge.PrintedPublicPem()]), "publicKeys[0]: this is the key pair printed in the source*");
    }

    [Fact]
    public void Public_keys_that_cannot_be_used_are_not_added()
    {
        ShouldRefuse<KeyFormatException>(keys => keys.AddPublic(), "publicKeys: the list is empty. Give at least one key.");
        ShouldRefuse<KeyFormatException>(keys => keys.AddPublic(TestKeys.Foreign.PublicKeyPem, "not a key"), "publicKeys[1]: the text is neither PEM nor base64*");
        ShouldRefuse<KeyFormatException>(keys => keys.AddPublic(KeyForge.PrintedPublicPem()), "publicKeys[0]: this is the key pair printed in the source*");
    }

    [Fact]
    public void A_rotation_to_an_unusable_key_is_refused_and_changes_nothing()
    {
        using RSA shortKey = RSA.Create(1024);

        ShouldRefuse<KeyFormatException>(keys => keys.Rotate("not a key"), "privateKey: the text is neither PEM nor base64*");
        ShouldRefuse<KeyFormatException>(keys => keys.Rotate(TestKeys.Foreign.PublicKeyPem), "privateKey: this is a public key*");
        ShouldRefuse<KeyFormatException>(keys => keys.Rotate(TokenSigner.FromRsa(shortKey)), "*.PublicKey: the key has 1024 bits*");
        ShouldRefuse<KeyFormatException>(keys => keys.Rotate(new Signer(TestKeys.Foreign.PrivateKeyPem)), "Signer.PublicKey: this is a private key*");
        ShouldRefuse<KeyFormatException>(keys => keys.Rotate(new Signer(TestKeys.Foreign.PublicKeyPem + TestKeys.Second.PublicKeyPem)), "Signer.PublicKey: the text holds 2 keys. Give the public half of the key that signs.");
    }

    [Fact]
    public void An_unknown_key_and_the_signing_key_cannot_be_removed()
    {
        ShouldRefuse<ApiJwtException>(keys => keys.Remove(TestKeys.Foreign.KeyId), $"No key has this id. The key ids are {TestKeys.Ours.KeyId}, {TestKeys.Second.KeyId}. Name one of them.");
        ShouldRefuse<ApiJwtException>(keys => keys.Remove(""), "No key has this id.*");
        ShouldRefuse<ApiJwtException>(keys => keys.Remove(TestKeys.Ours.KeyId), "This key signs tokens, and cannot be removed. Call KeyRing.Rotate with a new private key first.");
    }

    [Fact]
    public void A_refused_change_names_every_fault_and_repeats_no_key()
    {
        KeyFormatException exception = ShouldRefuse<KeyFormatException>(keys => keys.Override([TestKeys.Foreign.PrivateKeyPem, ""], TestKeys.Foreign.PublicKeyPem), "3 keys cannot be used*");

        exception.Faults.Should().SatisfyRespectively(
            fault => fault.Should().StartWith("publicKeys[0]: this is a private key"),
            fault => fault.Should().StartWith("publicKeys[1]: the text is empty"),
            fault => fault.Should().StartWith("privateKey: this is a public key"));
        Refused.Repeats_nothing_of(TestKeys.Foreign.PrivateKeyPem, exception);
        Refused.Repeats_nothing_of(TestKeys.Foreign.PublicKeyPem, exception);
    }

    private TException ShouldRefuse<TException>(Action<KeyRing> change, string message)
        where TException : Exception
    {
        TException exception = _jwt.Keys.Invoking(change).Should().Throw<TException>().WithMessage(message).Which;

        _jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        _jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        _jwt.Decode(_jwt.Encode(Ann)).IsValid.Should().BeTrue();
        _jwt.Decode(OfSecond).IsValid.Should().BeTrue();
        _jwt.Decode(Issued.By(TestKeys.Foreign)).IsValid.Should().BeFalse();
        return exception;
    }

    private sealed class Signer(string publicKey) : TokenSigner
    {
        public override string PublicKey { get; } = publicKey;

        public override ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signingInput, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
