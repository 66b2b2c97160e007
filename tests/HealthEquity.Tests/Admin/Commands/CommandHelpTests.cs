using System.CommandLine;
using System.CommandLine.Parsing;
using HealthEquity.Admin.Commands;

namespace HealthEquity.Tests.Admin.Commands;

/// <summary>What the help of every command says, so that none is forgotten.</summary>
public sealed class CommandHelpTests
{
    private static readonly RootCommand Root = DirectoryCommands.All();

    public static TheoryData<string> Runnable => [.. Walk(Root, "").Where(c => c.Command.Action is not null).Select(c => c.Path)];

    [Theory, MemberData(nameof(Runnable))]
    public void A_command_says_what_it_does_and_shows_an_example_that_can_be_typed(string path)
    {
        var (said, example) = Find(path).Description?.Split(" As in: ") is [var first, var second] ? (first, second) : ("", "");
        Assert.EndsWith(".", said, StringComparison.Ordinal);
        Assert.StartsWith(path, example, StringComparison.Ordinal);
        var parsed = Root.Parse(CommandLineParser.SplitCommandLine(example.Replace("ID", Guid.NewGuid().ToString(), StringComparison.Ordinal)).ToList());
        Assert.Empty(parsed.Errors);
        Assert.Same(Find(path), parsed.CommandResult.Command);
    }

    [Theory, MemberData(nameof(Runnable))]
    public void A_script_can_read_what_a_command_answers(string path) =>
        Assert.Equal(path != "serve", Find(path).Options.Any(o => o.Name == "--json"));

    [Fact]
    public void Every_command_option_and_argument_is_described() => Assert.All(Walk(Root, ""), c =>
    {
        Assert.False(string.IsNullOrWhiteSpace(c.Command.Description), c.Path);
        Assert.All(c.Command.Options, o => Assert.False(string.IsNullOrWhiteSpace(o.Description), $"{c.Path} {o.Name}"));
        Assert.All(c.Command.Arguments, a => Assert.False(string.IsNullOrWhiteSpace(a.Description), $"{c.Path} {a.Name}"));
    });

    [Fact]
    public void A_command_that_has_others_below_it_is_run_by_itself_or_shows_them() =>
        Assert.All(Walk(Root, ""), c => Assert.True(c.Command.Action is not null || c.Command.Subcommands.Count > 0, c.Path));

    [Fact]
    public void The_help_tells_every_exit_code()
    {
        foreach (var code in new[] { DirectoryCommands.Done, DirectoryCommands.SomeRefused, DirectoryCommands.WrongUsage, DirectoryCommands.Refused, DirectoryCommands.Failed })
        {
            Assert.Matches($@"[:;]\s{code} ", Root.Description!);
        }
    }

    private static Command Find(string path) => Walk(Root, "").Single(c => c.Path == path).Command;

    private static IEnumerable<(string Path, Command Command)> Walk(Command parent, string path) =>
        parent.Subcommands.SelectMany(c => Walk(c, $"{path} {c.Name}".Trim()).Prepend(($"{path} {c.Name}".Trim(), c)));
}
