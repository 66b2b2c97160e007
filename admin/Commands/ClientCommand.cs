using System.CommandLine;
using System.Globalization;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Partners;

namespace HealthEquity.Admin.Commands;

/// <summary><c>client add|revoke|list</c>: manages API partners and their keys.</summary>
internal static class ClientCommand
{
    private static readonly Actor Operator = Actor.System("commandLine");

    public static Command Create() => new("client", "Partners with API keys.")
    {
        Add(), Revoke(), List(),
    };

    private static Command Add()
    {
        var name = new Argument<string>("name") { Description = "The partner's name." };
        var limit = new Option<int?>("--requests-per-minute") { Description = "The partner's rate limit. The default is the API's limit." };
        var json = JsonOutput.Option();
        var command = new Command("add", "Add a partner and print the API key. The key is shown only once. Example: client add \"City app\" --requests-per-minute 600") { name, limit, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
            var store = directory.Get<ApiClientStore>();
            var (client, key) = await directory.Database.TransactAsync(
                s => store.AddAsync(s, parsed.GetRequiredValue(name), parsed.GetValue(limit), Operator, cancellation),
                cancellation);
            shell.Write(parsed.GetValue(json), new { id = client.ApiClientId, client.Name, key }, $"{client.Name} ({client.ApiClientId}){Environment.NewLine}{key}");
            return DirectoryCommands.Success;
        });
        return command;
    }

    private static Command Revoke()
    {
        var id = new Argument<Guid>("id") { Description = "The partner's id from 'client list'." };
        var json = JsonOutput.Option();
        var command = new Command("revoke", "Revoke a partner's API key. Example: client revoke ID") { id, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
            var store = directory.Get<ApiClientStore>();
            await directory.Database.TransactAsync(
                async session =>
                {
                    if (!await store.RevokeAsync(session, parsed.GetRequiredValue(id), Operator, cancellation))
                    {
                        throw new NotFoundException("partner with this id and an active key");
                    }
                },
                cancellation);
            shell.Write(parsed.GetValue(json), new { id = parsed.GetRequiredValue(id) }, "Revoked.");
            return DirectoryCommands.Success;
        });
        return command;
    }

    private static Command List()
    {
        var json = JsonOutput.Option();
        var command = new Command("list", "List all partners. Example: client list --json") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            await using var session = await DirectoryAccess.Configured(shell.Settings).OpenAsync(cancellation);
            var clients = await ApiClientStore.ListAsync(session, cancellation);
            if (parsed.GetValue(json))
            {
                shell.WriteJson(clients.Select(c => new { id = c.ApiClientId, c.Name, c.RequestsPerMinute, c.CreatedAt, c.RevokedAt }));
                return;
            }

            foreach (var client in clients)
            {
                var limit = client.RequestsPerMinute?.ToString(CultureInfo.InvariantCulture) ?? "default";
                await shell.Output.WriteLineAsync($"{client.ApiClientId}  {limit,8}  {client.Name}{(client.RevokedAt is null ? "" : " (revoked)")}");
            }
        });
        return command;
    }
}
