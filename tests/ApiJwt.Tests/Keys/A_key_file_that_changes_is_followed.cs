using System.Runtime.CompilerServices;
using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Keys;

public sealed class A_key_file_that_changes_is_followed : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    private readonly KeyFolder _folder = new();
    private readonly FakeTimeProvider _clock = Clock.Standing();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void When_it_is_written_in_place()
    {
        PlainJwt jwt = VerifyingWith(_folder.Write("public.pem", TestKeys.Ours.PublicKeyPem));

        _folder.Write("public.pem", TestKeys.Second.PublicKeyPem);
        LookTwice();

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId);
    }

    [Fact]
    public void When_another_one_takes_its_name()
    {
        PlainJwt jwt = VerifyingWith(_folder.Write("public.pem", TestKeys.Ours.PublicKeyPem));

        _folder.Replace("public.pem", TestKeys.Second.PublicKeyPem);
        LookTwice();

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId);
    }

    [Fact]
    public void When_Kubernetes_exchanges_the_folder_behind_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets only administrators make links.");
        _folder.Mount("..1", ("private.pem", TestKeys.Ours.PrivateKeyPem), ("public.pem", TestKeys.Foreign.PublicKeyPem));
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKeyFile = _folder.PathOf("private.pem"), PublicKeyFiles = { _folder.PathOf("public.pem") }, TimeProvider = _clock });

        _folder.Mount("..2", ("private.pem", TestKeys.Second.PrivateKeyPem), ("public.pem", TestKeys.Second.PublicKeyPem));
        LookTwice();

        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Second.KeyId);
        jwt.Keys.KeyIds.Should().BeEquivalentTo([TestKeys.Second.KeyId, TestKeys.Ours.KeyId], "the foreign key is in no file any more, and ours signed a moment ago");
    }

    [Fact]
    public void Even_when_neither_its_length_nor_its_time_tells()
    {
        string path = _folder.Write("public.pem", TestKeys.Ours.PublicKeyPem);
        DateTime time = File.GetLastWriteTimeUtc(path);
        PlainJwt jwt = VerifyingWith(path);

        _folder.Write("public.pem", TestKeys.Second.PublicKeyPem);
        File.SetLastWriteTimeUtc(path, time);
        LookTwice();

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId);
    }

    [Fact]
    public void What_was_seen_once_may_be_half_written_and_is_not_taken()
    {
        PlainJwt jwt = VerifyingWith(_folder.Write("public.pem", $"{TestKeys.Ours.PublicKeyPem}\n{TestKeys.Second.PublicKeyPem}"));

        _folder.Write("public.pem", TestKeys.Foreign.PublicKeyPem);
        _clock.Advance(BetweenLooks);
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        _folder.Write("public.pem", $"{TestKeys.Foreign.PublicKeyPem}\n{TestKeys.Second.PublicKeyPem}");
        _clock.Advance(BetweenLooks);
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        _clock.Advance(BetweenLooks);

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Foreign.KeyId, TestKeys.Second.KeyId);
    }

    [Fact]
    public void A_new_private_key_signs_and_no_token_of_the_one_before_is_refused()
    {
        string path = _folder.Write("private.pem", TestKeys.Ours.PrivateKeyPem);
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKeyFile = path, TimeProvider = _clock });
        string old = jwt.Encode(new TokenRequest { Subject = "ann" });

        _folder.Write("private.pem", TestKeys.Second.PrivateKeyPem);
        LookTwice();

        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Second.KeyId);
        jwt.Decode(old).IsValid.Should().BeTrue();
        jwt.Keys.ToJwks().Should().Contain(TestKeys.Ours.KeyId).And.Contain(TestKeys.Second.KeyId);
    }

    [Fact]
    public void Until_that_key_is_removed()
    {
        string path = _folder.Write("private.pem", TestKeys.Ours.PrivateKeyPem);
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKeyFile = path, TimeProvider = _clock });
        string old = jwt.Encode(new TokenRequest { Subject = "ann" });
        _folder.Write("private.pem", TestKeys.Second.PrivateKeyPem);
        LookTwice();

        jwt.Keys.Remove(TestKeys.Ours.KeyId);

        jwt.Decode(old).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    [Fact]
    public void Or_goes_back_into_the_file()
    {
        string path = _folder.Write("private.pem", TestKeys.Ours.PrivateKeyPem);
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKeyFile = path, TimeProvider = _clock });
        _folder.Write("private.pem", TestKeys.Second.PrivateKeyPem);
        LookTwice();

        _folder.Write("private.pem", TestKeys.Ours.PrivateKeyPem);
        LookTwice();

        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
    }

    [Fact]
    public void A_change_that_changes_no_key_leaves_the_keys_and_the_log_alone()
    {
        var logger = new RecordingLogger();
        string path = _folder.Write("private.pem", TestKeys.Ours.PrivateKeyPem);
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKeyFile = path, TimeProvider = _clock }, logger: logger);

        _folder.Write("private.pem", $"# a comment\n{TestKeys.Ours.PrivateKeyPem}");
        LookTwice();

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
        logger.Entries.Should().BeEmpty();
        jwt.Keys.FileStatus!.LastRead.Should().Be(_clock.GetUtcNow());
    }

    [Fact]
    public void Changed_settings_are_taken_at_once_with_their_files()
    {
        string first = _folder.Write("first.pem", TestKeys.Ours.PublicKeyPem);
        string second = _folder.Write("second.pem", TestKeys.Second.PublicKeyPem);
        PlainJwt jwt = VerifyingWith(first);

        jwt.Keys.Reload(new ApiJwtOptions { PublicKeyFiles = { second } });
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId);
        _folder.Write("first.pem", TestKeys.Foreign.PublicKeyPem);
        LookTwice();
        jwt.Keys.KeyIds.Should().Equal([TestKeys.Second.KeyId], "the first file is in the settings no more");
        _folder.Write("second.pem", TestKeys.Foreign.PublicKeyPem);
        LookTwice();
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Foreign.KeyId);

        jwt.Keys.Reload(TestKeys.Verifying);
        jwt.Keys.FileStatus.Should().BeNull();
    }

    [Fact]
    public void Changed_settings_that_find_a_new_private_key_in_the_same_file_refuse_no_token_either()
    {
        string path = _folder.Write("private.pem", TestKeys.Ours.PrivateKeyPem);
        var options = new ApiJwtOptions { PrivateKeyFile = path, TimeProvider = _clock };
        var jwt = new PlainJwt(options);

        _folder.Write("private.pem", TestKeys.Second.PrivateKeyPem);
        jwt.Keys.Reload(options);

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId, TestKeys.Ours.KeyId);
    }

    [Fact]
    public void A_service_that_is_gone_does_not_stay_in_memory_for_it()
    {
        WeakReference keys = Forgotten(_folder.Write("public.pem", TestKeys.Ours.PublicKeyPem));

        GC.Collect();

        keys.IsAlive.Should().BeFalse();
    }

    // On the clock of the system, whose timers the process knows.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Forgotten(string path) => new(new PlainJwt(new ApiJwtOptions { PublicKeyFiles = { path } }).Keys);

    private PlainJwt VerifyingWith(string path) => new(new ApiJwtOptions { PublicKeyFiles = { path }, TimeProvider = _clock });

    private void LookTwice()
    {
        _clock.Advance(BetweenLooks);
        _clock.Advance(BetweenLooks);
    }
}
