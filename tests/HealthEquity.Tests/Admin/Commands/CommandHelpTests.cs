using System.CommandLine;
using System.CommandLine.Parsing;
using HealthEquity.Admin.Commands;

namespace HealthEquity.Tests.Admin.Commands;

/// <summary>Checks the help of every command.</summary>
public sealed class CommandHelpTests
{
    private static readonly RootCommand Root = DirectoryCommands.All();

    public static TheoryData<string> Runnable => [.. Walk(Root, "").Where(c => c.Command.Action is not null).Select(c => c.Path)];

    [Theory, MemberData(nameof(Runnable))]
    public void Every_command_has_a_description_and_a_valid_example(string path)
    {
        var (said, example) = Find(path).Description?.Split(" Example: ") is [var first, var second] ? (first, second) : ("", "");
        Assert.EndsWith(".", said, StringComparison.Ordinal);
        Assert.StartsWith(path, example, StringComparison.Ordinal);
        var parsed = Root.Parse(CommandLineParser.SplitCommandLine(example.Replace("ID", Guid.NewGuid().ToString(), StringComparison.Ordinal)).ToList());
        Assert.Empty(parsed.Errors);
        Assert.Same(Find(path), parsed.CommandResult.Command);
    }

    [Theory, MemberData(nameof(Runnable))]
    public void Every_command_has_a_JSON_option(string path) =>
        Assert.Equal(path != "serve", Find(path).Options.Any(o => o.Name == "--json"));

    [Fact]
    public void Every_command_option_and_argument_has_a_description() => Assert.All(Walk(Root, ""), c =>
    {
        Assert.False(string.IsNullOrWhiteSpace(c.Command.Description), c.Path);
        Assert.All(c.Command.Options, o => Assert.False(string.IsNullOrWhiteSpace(o.Description), $"{c.Path} {o.Name}"));
        Assert.All(c.Command.Arguments, a => Assert.False(string.IsNullOrWhiteSpace(a.Description), $"{c.Path} {a.Name}"));
    });

    [Fact]
    public void Every_command_has_an_action_or_subcommands() =>
        Assert.All(Walk(Root, ""), c => Assert.True(c.Command.Action is not null || c.Command.Subcommands.Count > 0, c.Path));

    [Fact]
    public void The_help_lists_every_exit_code()
    {
        foreach (var code in new[] { DirectoryCommands.Success, DirectoryCommands.FoundProblems, DirectoryCommands.InvalidUsage, DirectoryCommands.Refused, DirectoryCommands.Failed })
        {
            Assert.Matches($@"[:;]\s{code} ", Root.Description!);
        }
    }

    private static Command Find(string path) => Walk(Root, "").Single(c => c.Path == path).Command;

    private static IEnumerable<(string Path, Command Command)> Walk(Command parent, string path) =>
        parent.Subcommands.SelectMany(c => Walk(c, $"{path} {c.Name}".Trim()).Prepend(($"{path} {c.Name}".Trim(), c)));
}
