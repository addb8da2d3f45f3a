using System.Text.RegularExpressions;

namespace Hudya.Tests.Readme;

/// <summary>Checks the workflow files: the permissions of a build, and the code of others that it runs.</summary>
public partial class The_forge_files_are_safe
{
    private static readonly string Ci = Workflow("ci.yml");

    private static readonly string Analysis = Workflow("analysis.yml");

    private static readonly string Release = Workflow("release.yml");

    [Fact]
    public void Every_action_is_pinned_by_its_hash_with_its_version_beside_it()
    {
        string[] uses = [.. Uses().Matches(Ci + Analysis + Release).Select(match => match.Groups["action"].Value)];

        uses.Should().HaveCountGreaterThan(5).And.AllSatisfy(action => action.Should().MatchRegex("^[\\w/-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+$"));
        uses.Distinct().GroupBy(action => action.Split('@')[0]).Should().AllSatisfy(action => action.Should().ContainSingle("every workflow must use the same version of an action"));
    }

    [Fact]
    public void Only_the_job_that_publishes_has_write_permissions()
    {
        Ci.Should().Contain("\npermissions:\n  contents: read\n").And.NotContain(": write");
        Release.Should().Contain("\npermissions: {}\n");
        Analysis.Should().Contain("\npermissions: {}\n");
        Permission().Matches(Analysis).Select(match => match.Groups["name"].Value).Should().Equal("security-events");

        string publish = Release[Release.IndexOf("\n  publish:\n", StringComparison.Ordinal)..];
        Release[..^publish.Length].Should().NotContain(": write");
        publish.Should().Contain("    environment: nuget\n").And.NotContain("actions/checkout", "the job must run no code of the repository");
        Permission().Matches(publish).Select(match => match.Groups["name"].Value).Should().BeEquivalentTo("id-token", "attestations");
    }

    [Fact]
    public void No_workflow_uses_a_stored_secret() => (Ci + Analysis + Release).Should().NotContain("secrets.");

    [Fact]
    public void No_run_block_contains_an_expression() =>
        (Ci + Analysis + Release).Split('\n').Where(line => line.Contains("${{", StringComparison.Ordinal))
            .Should().AllSatisfy(line => line.Should().MatchRegex("^ *[\\w-]+: [^|]*\\$\\{\\{", "a run block takes such values from its environment"));

    [Fact]
    public void The_release_packs_in_a_job_that_runs_no_tests()
    {
        string pack = Release[Release.IndexOf("\n  pack:\n", StringComparison.Ordinal)..Release.IndexOf("\n  publish:\n", StringComparison.Ordinal)];

        pack.Should().Contain("bash .ci/pack").And.NotContain(".ci/run").And.NotContain("needs:");
        Release.Should().Contain("\n    needs: [test, pack]\n");
    }

    private static string Workflow(string name) => Repository.Read(".github", "workflows", name);

    [GeneratedRegex(@"uses: (?<action>.+)$", RegexOptions.Multiline)]
    private static partial Regex Uses();

    [GeneratedRegex(@"^ +(?<name>[\w-]+): write$", RegexOptions.Multiline)]
    private static partial Regex Permission();
}
