using System.Data.Common;
using FluentValidation.Results;
using HealthEquity.Admin.Directory;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Rules;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Starter;
using HealthEquity.Store.Vocabularies;

namespace HealthEquity.Admin.Commands;

/// <summary>The directory that the configuration names, ready to be worked on.</summary>
internal sealed class DirectoryAccess
{
    private readonly IServiceProvider _services;

    /// <summary>Puts the stores over a database.</summary>
    /// <param name="database">The database, its schema up to date.</param>
    /// <param name="validate">The rules that an entry must keep.</param>
    public DirectoryAccess(Database database, Func<Entry, ValidationResult> validate)
    {
        Database = database;
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton(database).AddSingleton(validate);
        services.AddStores();
        _services = services.BuildServiceProvider();
    }

    /// <summary>The database.</summary>
    public Database Database { get; }

    /// <summary>One of the stores, or what is made of them.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Where the database is: <c>ConnectionStrings__Directory</c>, appsettings.json, or the embedded default.</summary>
    public static Database Configured() => Database.Create(Configuration().GetConnectionString("Directory"));

    /// <summary>Makes the directory ready: schema, vocabularies, and the starter directory in an empty one unless <c>Starter=false</c>.</summary>
    public static Task<SetupReport> PrepareAsync(Database database, CancellationToken cancellation) =>
        DirectorySetup.PrepareAsync(database, TimeProvider.System, Configuration().GetValue("Starter", true), cancellation);

    /// <summary>Makes the directory ready and opens it.</summary>
    public static async Task<DirectoryAccess> OpenAsync(CancellationToken cancellation)
    {
        var database = Configured();
        await PrepareAsync(database, cancellation);
        await using var session = await database.OpenAsync(cancellation);
        var validation = new EntryValidation(await VocabularyStore.ReadAsync(session, cancellation), TimeProvider.System);
        return new DirectoryAccess(database, validation.Validate);
    }

    /// <summary>What to tell an operator about a fault of the surroundings; null when the fault is the program's own.</summary>
    public static string? Explain(Exception fault) => fault switch
    {
        DbException => $"The database can't be used: {fault.Message} Look at ConnectionStrings__Directory, and whether the server or the file is there and free.",
        InvalidOperationException { InnerException: DbException } => $"{fault.Message} Look at ConnectionStrings__Directory, and at the rights on the database.",
        ArgumentException => $"The connection string is not one: {fault.Message} Correct ConnectionStrings__Directory.",
        InvalidDataException => fault.Message,
        IOException or UnauthorizedAccessException => $"{fault.Message} Look at the rights on that file or folder, and at the space on the disk.",
        _ => null,
    };

    // The program's own folder holds appsettings.json; the caller's folder is only for the files that he names.
    private static ConfigurationManager Configuration() =>
        WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }).Configuration;
}
