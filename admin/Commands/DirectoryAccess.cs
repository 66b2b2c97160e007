using System.Data.Common;
using System.Security.Cryptography;
using FluentValidation.Results;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.SignIn;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Rules;
using HealthEquity.Hosting;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Starter;
using HealthEquity.Store.Vocabularies;
using Microsoft.AspNetCore.Connections;

namespace HealthEquity.Admin.Commands;

/// <summary>Opens the configured directory for the command line.</summary>
internal sealed class DirectoryAccess
{
    private readonly IServiceProvider _services;

    /// <summary>Creates the stores for a database.</summary>
    /// <param name="database">The database with an up-to-date schema.</param>
    /// <param name="validate">Validates an entry.</param>
    public DirectoryAccess(Database database, Func<Entry, ValidationResult> validate)
    {
        Database = database;
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton(database).AddSingleton(validate);
        services.AddStores();
        _services = services.BuildServiceProvider();
    }

    /// <summary>The database.</summary>
    public Database Database { get; }

    /// <summary>Returns a store or a service built on the stores.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Returns the database from <c>ConnectionStrings__Directory</c>, appsettings.json, or the embedded default.</summary>
    public static Database Configured(IConfiguration settings) =>
        Database.Create(settings.GetConnectionString("Directory"), keys: KeySettings.Read(name => settings[name]));

    /// <summary>Returns the console's address, as far as the settings give it.</summary>
    public static ConsoleAddress Address(IConfiguration settings) => new(settings, new PublicPath(settings));

    /// <summary>Prepares the directory: schema, vocabularies, and, unless <c>Starter=false</c>, the starter entries if it is empty.</summary>
    public static Task<SetupReport> PrepareAsync(Database database, IConfiguration settings, CancellationToken cancellation) =>
        DirectorySetup.PrepareAsync(database, TimeProvider.System, StarterSetting.Read(settings[StarterSetting.Name], database), cancellation);

    /// <summary>Prepares and opens the directory.</summary>
    public static async Task<DirectoryAccess> OpenAsync(IConfiguration settings, CancellationToken cancellation)
    {
        var database = Configured(settings);
        await DirectorySetup.StartAsync(database, TimeProvider.System, StarterSetting.Read(settings[StarterSetting.Name], database), cancellation);
        await using var session = await database.OpenAsync(cancellation);
        var validation = new EntryValidation(await VocabularyStore.ReadAsync(session, cancellation), TimeProvider.System);
        return new DirectoryAccess(database, validation.Validate);
    }

    /// <summary>Returns a message for an operator about an environment problem; null for a bug in the program.</summary>
    public static string? Explain(Exception fault) => fault switch
    {
        DbException database => DatabaseFaults.Explain(database),
        InvalidOperationException { InnerException: DbException } => $"{fault.Message} Check ConnectionStrings__Directory and your permissions on the database.",
        InvalidDataException => fault.Message,
        CryptographicException => $"The certificate could not be read: {fault.Message} Check Keys__Certificate and Keys__CertificatePassword.",
        IOException { InnerException: AddressInUseException } => $"{fault.Message} Stop the other program, or choose another address with --urls.",
        IOException or UnauthorizedAccessException => $"{fault.Message} Check the permissions on the file or folder, and the free disk space.",
        _ => null,
    };
}
