using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Keys;

/// <summary>Tests key files that change while a service runs.</summary>
public sealed class KeyFileFollowerTests : IDisposable
{
    private readonly KeyFolder _folder = new();
    private readonly FakeTimeProvider _clock = Clock.Standing();
    private readonly RecordingLogger _logger = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("written in place"), InlineData("replaced by another file"), InlineData("written in place with the time of the old one")]
    public void A_key_file_that_changes_is_read_again(string way)
    {
        string path = _folder.Write("public.pem", TestKeys.Ours.PublicKeyPem);
        DateTime time = File.GetLastWriteTimeUtc(path);
        PlainJwt jwt = VerifyingWith(path);

        if (way == "replaced by another file")
            _folder.Replace("public.pem", TestKeys.Second.PublicKeyPem);
        else
            _folder.Write("public.pem", TestKeys.Second.PublicKeyPem);
        if (way.EndsWith("old one", StringComparison.Ordinal))
            File.SetLastWriteTimeUtc(path, time);
        Look(times: 2);

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId);
    }

    [Fact]
    public void Key_files_are_read_again_when_Kubernetes_replaces_their_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets only administrators make links.");
        _folder.Mount("..1", ("private.pem", TestKeys.Ours.PrivateKeyPem), ("public.pem", TestKeys.Foreign.PublicKeyPem));
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKeyFile = _folder.PathOf("private.pem"), PublicKeyFiles = { _folder.PathOf("public.pem") }, TimeProvider = _clock });

        _folder.Mount("..2", ("private.pem", TestKeys.Second.PrivateKeyPem), ("public.pem", TestKeys.Second.PublicKeyPem));
        Look(times: 2);

        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Second.KeyId);
        jwt.Keys.KeyIds.Should().BeEquivalentTo([TestKeys.Second.KeyId, TestKeys.Ours.KeyId], "the foreign key is in no file, and ours is kept because it signed before");
    }

    [Fact]
    public void A_new_content_is_used_only_after_it_was_read_twice()
    {
        PlainJwt jwt = VerifyingWith(_folder.Write("public.pem", $"{TestKeys.Ours.PublicKeyPem}\n{TestKeys.Second.PublicKeyPem}"));

        _folder.Write("public.pem", TestKeys.Foreign.PublicKeyPem);
        Look(times: 1);
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        _folder.Write("public.pem", $"{TestKeys.Foreign.PublicKeyPem}\n{TestKeys.Second.PublicKeyPem}");
        Look(times: 1);
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        Look(times: 1);

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Foreign.KeyId, TestKeys.Second.KeyId);
    }

    [Fact]
    public void A_new_private_key_signs_and_the_one_before_verifies_until_it_is_removed()
    {
        PlainJwt jwt = SigningWith(TestKeys.Ours);
        string old = jwt.Encode(new TokenRequest { Subject = "ann" });

        _folder.Write("private.pem", TestKeys.Second.PrivateKeyPem);
        Look(times: 2);

        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Second.KeyId);
        jwt.Decode(old).IsValid.Should().BeTrue();
        jwt.Keys.ToJwks().Should().Contain(TestKeys.Ours.KeyId).And.Contain(TestKeys.Second.KeyId);
        jwt.Keys.Remove(TestKeys.Ours.KeyId);
        jwt.Decode(old).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    /// <summary>Other services accept a key set with 32 keys.</summary>
    [Fact]
    public void A_private_key_that_changes_repeatedly_drops_the_oldest_keys()
    {
        RsaKeyPair[] keys = [TestKeys.Ours, TestKeys.Second, TestKeys.Foreign];
        var options = new ApiJwtOptions { PrivateKeyFile = _folder.Write("private.pem", keys[0].PrivateKeyPem), TimeProvider = _clock };
        for (int i = 0; i < 30; i++)
            options.PublicKeys.Add(KeyForge.AnyPublicPem());
        var jwt = new PlainJwt(options, logger: _logger);

        foreach (RsaKeyPair key in keys[1..])
        {
            _folder.Write("private.pem", key.PrivateKeyPem);
            Look(times: 2);
        }

        jwt.Keys.KeyIds.Should().HaveCount(32).And.Contain([keys[1].KeyId, keys[2].KeyId]).And.NotContain(keys[0].KeyId);
        _logger.Entries.Should().NotContain(entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public void A_changed_file_drops_no_key_that_a_call_added()
    {
        PlainJwt jwt = SigningWith(TestKeys.Ours);
        jwt.Keys.AddPublic([.. Enumerable.Range(0, 32).Select(_ => KeyForge.AnyPublicPem())]);
        string[] added = [.. jwt.Keys.KeyIds.Skip(1)];

        _folder.Write("private.pem", TestKeys.Second.PrivateKeyPem);
        Look(times: 2);

        jwt.Keys.KeyIds.Should().Equal([TestKeys.Second.KeyId, .. added]);
    }

    [Fact]
    public void A_private_key_that_goes_back_into_its_file_signs_again_until_a_call_replaces_it()
    {
        PlainJwt jwt = SigningWith(TestKeys.Ours);
        _folder.Write("private.pem", TestKeys.Second.PrivateKeyPem);
        Look(times: 2);

        _folder.Write("private.pem", TestKeys.Ours.PrivateKeyPem);
        Look(times: 2);

        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        jwt.Keys.Override(privateKey: TestKeys.Foreign.PrivateKeyPem);
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Foreign.KeyId, TestKeys.Second.KeyId);
    }

    [Fact]
    public void A_change_that_fails_for_another_reason_is_reported_without_its_message_and_tried_again()
    {
        var clock = new RecordedTimer();
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeyFiles = { _folder.Write("public.pem", TestKeys.Ours.PublicKeyPem) }, TimeProvider = clock });

        _folder.Write("public.pem", TestKeys.Second.PublicKeyPem);
        clock.IsBroken = true;
        clock.Elapse();
        clock.Elapse();
        jwt.Keys.FileStatus!.Fault.Should().Be("The key files could not be loaded (InvalidOperationException).");
        clock.IsBroken = false;
        clock.Elapse();

        jwt.Keys.FileStatus.Fault.Should().BeNull();
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId);
    }

    [Fact]
    public void A_file_that_changes_without_its_key_causes_no_change_and_no_log_line()
    {
        PlainJwt jwt = SigningWith(TestKeys.Ours);

        _folder.Write("private.pem", $"# a comment\n{TestKeys.Ours.PrivateKeyPem}");
        Look(times: 2);

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
        _logger.Entries.Should().BeEmpty();
        jwt.Keys.FileStatus!.LastRead.Should().Be(_clock.GetUtcNow());
    }

    [Fact]
    public void Reloaded_settings_read_their_files_at_once_and_follow_only_them()
    {
        string second = _folder.Write("second.pem", TestKeys.Second.PublicKeyPem);
        PlainJwt jwt = VerifyingWith(_folder.Write("first.pem", TestKeys.Ours.PublicKeyPem));

        jwt.Keys.Reload(new ApiJwtOptions { PublicKeyFiles = { second } });
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId);
        _folder.Write("first.pem", TestKeys.Foreign.PublicKeyPem);
        Look(times: 2);
        jwt.Keys.KeyIds.Should().Equal([TestKeys.Second.KeyId], "the new settings do not name the first file");
        _folder.Write("second.pem", TestKeys.Foreign.PublicKeyPem);
        Look(times: 2);
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Foreign.KeyId);

        jwt.Keys.Reload(TestKeys.Verifying);
        jwt.Keys.FileStatus.Should().BeNull();
    }

    [Fact]
    public void A_read_that_ends_after_the_settings_named_other_files_changes_nothing()
    {
        var clock = new RecordedTimer();
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeyFiles = { _folder.Write("first.pem", TestKeys.Ours.PublicKeyPem) }, TimeProvider = clock });

        jwt.Keys.Reload(new ApiJwtOptions { PublicKeyFiles = { _folder.Write("second.pem", TestKeys.Second.PublicKeyPem) } });
        _folder.Write("first.pem", TestKeys.Foreign.PublicKeyPem);
        clock.Elapse();
        clock.Elapse();

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId);
    }

    [Fact]
    public void Reloaded_settings_with_a_new_private_key_in_the_same_file_keep_the_one_before()
    {
        PlainJwt jwt = SigningWith(TestKeys.Ours);

        string path = _folder.Write("private.pem", TestKeys.Second.PrivateKeyPem);
        jwt.Keys.Reload(new ApiJwtOptions { PrivateKeyFile = path, TimeProvider = _clock });

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId, TestKeys.Ours.KeyId);
    }

    [Fact]
    public void Following_its_files_does_not_keep_a_service_in_memory()
    {
        WeakReference keys = Forgotten(_folder.Write("public.pem", TestKeys.Ours.PublicKeyPem));

        GC.Collect();

        keys.IsAlive.Should().BeFalse();
    }

    [Theory]
    [InlineData("half of it", "the PEM text is damaged")]
    [InlineData("nothing", "the file is empty")]
    [InlineData("rubbish", "the text is neither PEM nor base64")]
    [InlineData("a public key", "this is a public key where the private one belongs")]
    [InlineData("no file", "there is no such file. Correct the path, or mount the file.")]
    public void A_key_file_that_cannot_be_used_prevents_every_change(string content, string fault)
    {
        string path = _folder.Write("private.pem", TestKeys.Ours.PrivateKeyPem);
        string publicPath = _folder.Write("public.pem", TestKeys.Second.PublicKeyPem);
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKeyFile = path, PublicKeyFiles = { publicPath }, TimeProvider = _clock });

        _folder.Write("public.pem", TestKeys.Foreign.PublicKeyPem);
        _folder.Write("private.pem", content switch
        {
            "half of it" => TestKeys.Ours.PrivateKeyPem[..800],
            "rubbish" => "rubbish!",
            "a public key" => TestKeys.Ours.PublicKeyPem,
            _ => "",
        });
        if (content == "no file")
            File.Delete(path);
        Look(times: 2);

        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann" })).IsValid.Should().BeTrue();
        jwt.Keys.FileStatus!.Fault.Should().StartWith($"ApiJwtOptions.PrivateKeyFile ({path}): {fault}");
        jwt.Keys.FileStatus.LastRead.Should().Be(DateTimeOffset.FromUnixTimeSeconds(Clock.Start));
    }

    /// <summary>An exception in a timer callback would end the process.</summary>
    [Fact]
    public void A_logger_that_throws_does_not_prevent_a_change()
    {
        using var logger = new BrokenLogger();
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKeyFile = _folder.Write("private.pem", TestKeys.Ours.PrivateKeyPem), TimeProvider = _clock }, logger: logger);

        _folder.Write("private.pem", TestKeys.Second.PrivateKeyPem);
        Look(times: 2);

        jwt.Keys.FileStatus!.Fault.Should().BeNull();
        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Second.KeyId);
    }

    /// <summary>After a leak, a deployment tool may restore the old file.</summary>
    [Fact]
    public void A_file_that_goes_back_to_a_removed_key_is_refused_until_it_has_another_key_or_a_call_brings_it_back()
    {
        PlainJwt jwt = SigningWith(TestKeys.Ours);
        _folder.Write("private.pem", TestKeys.Second.PrivateKeyPem);
        Look(times: 2);
        jwt.Keys.Remove(TestKeys.Ours.KeyId);

        _folder.Write("private.pem", TestKeys.Ours.PrivateKeyPem);
        Look(times: 2);
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId);
        jwt.Keys.FileStatus!.Fault.Should().StartWith($"The private key {TestKeys.Ours.KeyId} in the settings was removed");

        jwt.Keys.AddPublic(TestKeys.Ours.PublicKeyPem);
        Look(times: 2);
        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        jwt.Keys.FileStatus.Fault.Should().BeNull();
    }

    [Fact]
    public void A_reset_keeps_the_keys_of_earlier_contents_of_the_file()
    {
        PlainJwt jwt = SigningWith(TestKeys.Ours);
        _folder.Write("private.pem", TestKeys.Second.PrivateKeyPem);
        Look(times: 2);

        jwt.Keys.Reset();

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId, TestKeys.Ours.KeyId);
    }

    [Fact]
    public void A_file_that_is_bad_for_a_moment_is_not_logged()
    {
        PlainJwt jwt = SigningWith(TestKeys.Ours);

        _folder.Write("private.pem", TestKeys.Second.PrivateKeyPem[..800]);
        Look(times: 1);
        _folder.Write("private.pem", TestKeys.Second.PrivateKeyPem);
        Look(times: 2);

        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Second.KeyId);
        _logger.Entries.Select(entry => entry.Event.Id).Should().Equal([4], "only the change of the keys is logged");
        jwt.Keys.FileStatus!.Fault.Should().BeNull();
    }

    [Fact]
    public void A_bad_file_is_logged_once_without_its_text_and_again_when_it_is_good()
    {
        string half = TestKeys.Foreign.PrivateKeyPem[..800];
        PlainJwt jwt = SigningWith(TestKeys.Ours);

        string said = "";
        foreach (string text in (string[])[half, half[..700]])
        {
            _folder.Write("private.pem", text);
            Look(times: 10);
            _logger.Entries.Should().ContainSingle().Which.Event.Name.Should().Be("KeyFilesRefused");
            said += string.Join('\n', _logger.Entries.Select(entry => entry.Text)) + jwt.Keys.FileStatus!.Fault;
        }

        _folder.Write("private.pem", TestKeys.Ours.PrivateKeyPem);
        Look(times: 10);

        _logger.Entries.Select(entry => (entry.Event.Id, entry.Event.Name, entry.Level)).Should().Equal(
            (11, "KeyFilesRefused", LogLevel.Error), (12, "KeyFilesUsable", LogLevel.Information));
        _logger.Entries[0].Text.Should().Contain(_folder.PathOf("private.pem"));
        jwt.Keys.FileStatus!.Fault.Should().BeNull();
        Refused.Repeats_nothing_of(half, new InvalidOperationException(said));
    }

    // The system clock, because the process keeps its timers, and all that they refer to, alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Forgotten(string path) => new(new PlainJwt(new ApiJwtOptions { PublicKeyFiles = { path } }).Keys);

    private PlainJwt VerifyingWith(string path) => new(new ApiJwtOptions { PublicKeyFiles = { path }, TimeProvider = _clock });

    private PlainJwt SigningWith(RsaKeyPair pair) =>
        new(new ApiJwtOptions { PrivateKeyFile = _folder.Write("private.pem", pair.PrivateKeyPem), TimeProvider = _clock }, logger: _logger);

    private void Look(int times)
    {
        for (int i = 0; i < times; i++)
            _clock.Advance(TimeSpan.FromSeconds(2));
    }

    /// <summary>A clock whose first timer can elapse after it was disposed, as a timer does whose callback is already running.</summary>
    private sealed class RecordedTimer : TimeProvider
    {
        private Action? _first;

        public bool IsBroken { get; set; }

        public void Elapse() => _first!();

        public override DateTimeOffset GetUtcNow() => IsBroken ? throw new InvalidOperationException("the message") : base.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _first ??= () => callback(state);
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        }
    }
}
