using System.CommandLine;
using HealthEquity.Admin.SignIn;
using HealthEquity.Admin.Wording;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;

namespace HealthEquity.Admin.Commands;

/// <summary><c>curator add|role|reset|setup-link|list</c>: manages curators from the command line, for example when no administrator can sign in.</summary>
internal static class CuratorCommand
{
    private static readonly Actor Operator = Actor.System("commandLine");

    public static Command Create() => new("curator", "The users of the console.")
    {
        Add(), Role(), Reset(), SetUpLink(), List(),
    };

    private static Command Add()
    {
        var userName = new Argument<string>("user-name") { Description = "The sign-in name, such as an email address." };
        var name = new Option<string?>("--name") { Description = "The display name." };
        var role = new Option<CuratorRole>("--role") { Description = "viewer, translator, languageReviewer, curator, reviewer, or administrator.", DefaultValueFactory = _ => CuratorRole.Curator };
        var (languages, json) = (LanguagesOption(), JsonOutput.Option());
        var command = new Command("add", "Add a curator and print a setup link for choosing a password. Example: curator add ana@health.example --name \"Ana Ruiz\" --role translator --languages es") { userName, name, role, languages, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var user = parsed.GetRequiredValue(userName);
            var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
            var store = directory.Get<CuratorStore>();
            var token = await directory.Database.TransactAsync(
                s => store.InviteAsync(s, user, parsed.GetValue(name) ?? user, parsed.GetValue(role), Operator, cancellation, LanguageList.Read(parsed.GetValue(languages))),
                cancellation);
            PrintLink(shell, user, token, parsed.GetValue(json));
            return DirectoryCommands.Success;
        });
        return command;
    }

    private static Command Role()
    {
        var userName = new Argument<string>("user-name") { Description = "The sign-in name." };
        var role = new Argument<CuratorRole>("role") { Description = "viewer, translator, languageReviewer, curator, reviewer, or administrator." };
        var (languages, json) = (LanguagesOption(), JsonOutput.Option());
        var command = new Command("role", "Change a curator's role, and the languages of a translator or language reviewer. Example: curator role ana@health.example languageReviewer --languages es,ht") { userName, role, languages, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
            var store = directory.Get<CuratorStore>();
            var (user, wanted) = (parsed.GetRequiredValue(userName), parsed.GetRequiredValue(role));
            await directory.Database.TransactAsync(
                async session =>
                {
                    var curator = await CuratorStore.FindByNameAsync(session, CuratorStore.Normalize(user), cancellation) ?? throw new NotFoundException("curator with this sign-in name");
                    await store.ChangeRoleAsync(session, curator.CuratorId, wanted, Operator, cancellation, LanguageList.Read(parsed.GetValue(languages)));
                },
                cancellation);
            shell.Write(parsed.GetValue(json), new { userName = user, role = wanted.Code() }, $"{user} is now {wanted.Code()}.");
            return DirectoryCommands.Success;
        });
        return command;
    }

    private static Option<string?> LanguagesOption() => new("--languages")
    {
        Description = "For translators and language reviewers: their languages, separated by commas, such as es,ht.",
    };

    private static Command SetUpLink()
    {
        var json = JsonOutput.Option();
        var command = new Command("setup-link", "Print a setup link for the first administrator, while nobody can sign in. Example: curator setup-link") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
            var address = DirectoryAccess.Address(shell.Settings);
            var administrator = new FirstAdministrator(directory.Database, TimeProvider.System, new OperatorOutput(shell.Output), address);
            if (await administrator.CreateLinkAsync(cancellation) is not { } path)
            {
                throw new RefusedException("An administrator already exists. Use 'curator add' or 'curator reset'.");
            }

            var link = address.Configured(path) ?? address.PathOf(path);
            shell.Write(
                parsed.GetValue(json),
                new { setUp = link },
                $"Open this link within an hour. It works once. If it has no host, add the console's address in front (or set AllowedHosts).{Environment.NewLine}{link}");
            return DirectoryCommands.Success;
        });
        return command;
    }

    private static Command Reset()
    {
        var userName = new Argument<string>("user-name") { Description = "The sign-in name." };
        var json = JsonOutput.Option();
        var command = new Command("reset", "Remove the password and two-factor authentication, end every session, and print a new setup link. Example: curator reset ana@health.example") { userName, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            var directory = await DirectoryAccess.OpenAsync(shell.Settings, cancellation);
            var store = directory.Get<CuratorStore>();
            var user = parsed.GetRequiredValue(userName);
            var token = await directory.Database.TransactAsync(
                async session =>
                {
                    var name = CuratorStore.Normalize(user);
                    var curator = await CuratorStore.FindByNameAsync(session, name, cancellation) ?? throw new NotFoundException("curator with this sign-in name");
                    return await store.ResetAsync(session, curator.CuratorId, Operator, cancellation);
                },
                cancellation);
            PrintLink(shell, user, token, parsed.GetValue(json));
            return DirectoryCommands.Success;
        });
        return command;
    }

    private static Command List()
    {
        var json = JsonOutput.Option();
        var command = new Command("list", "List all curators. Example: curator list --json") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var shell = OperatorShell.Of(parsed);
            await using var session = await DirectoryAccess.Configured(shell.Settings).OpenAsync(cancellation);
            var curators = await CuratorStore.ListAsync(session, cancellation);
            if (parsed.GetValue(json))
            {
                shell.WriteJson(curators.Select(c => new
                {
                    id = c.CuratorId,
                    c.UserName,
                    name = c.DisplayName,
                    role = c.Role.Code(),
                    c.Languages,
                    twoFactor = c.TwoFactorEnabled,
                    disabled = c.DisabledAt is not null,
                }));
                return;
            }

            foreach (var curator in curators)
            {
                await shell.Output.WriteLineAsync($"{curator.UserName,-40} {curator.Role.Code(),-16} {curator.DisplayName}{(curator.Languages.Length == 0 ? "" : $" [{curator.Languages}]")}{(curator.DisabledAt is null ? "" : " (disabled)")}");
            }
        });
        return command;
    }

    private static void PrintLink(OperatorShell shell, string userName, string token, bool json) => shell.Write(
        json,
        new { userName, setUp = FirstAdministrator.SetUpPath(token) },
        $"Add the console's address before this path, and send it through a channel that you trust. It works once and expires in three days.{Environment.NewLine}{FirstAdministrator.SetUpPath(token)}");
}
