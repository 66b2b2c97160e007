using System.CommandLine;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Publishing;

namespace HealthEquity.Admin.Commands;

/// <summary><c>samples remove</c>: retires all the invented sample entries.</summary>
internal static class SamplesCommand
{
    public static Command Create()
    {
        var json = JsonOutput.Option();
        var remove = new Command("remove", "Retire every entry with the tag 'sample'. Example: samples remove") { json };
        remove.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
            var removed = await directory.Get<TagRetirement>()
                .RetireAsync(directory.Database, "sample", Actor.System("samples"), "Samples were removed.", cancellation);
            shell.Write(parsed.GetValue(json), new { removed }, $"{removed} samples removed from {directory.Database.DisplayName}.");
            return DirectoryCommands.Success;
        });
        return new Command("samples", "The invented entries that come with the directory.") { remove };
    }
}
