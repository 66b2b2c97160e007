namespace HealthEquity.Store.Databases;

/// <summary>
/// Whether a program can work with a database's schema. It can with its own, and with a newer one that only added to it; scripts that take
/// something away have <c>Contract</c> in their name (<c>0014_ContractOldNames.sql</c>), and end the range of the versions before.
/// </summary>
/// <param name="Fault">What is wrong, naming the script; null when they fit.</param>
public sealed record SchemaFit(string? Fault)
{
    private const string Contracting = "Contract";

    /// <summary>Compares the scripts that were run with those that the program has.</summary>
    public static SchemaFit Of(IReadOnlyCollection<string> executed, IReadOnlyCollection<string> known)
    {
        var newest = known.Max(StringComparer.Ordinal);
        if (executed.Count == 0)
        {
            return new SchemaFit("The database has no schema yet. Run 'migrate' first.");
        }

        if (known.Except(executed).Order(StringComparer.Ordinal).FirstOrDefault() is { } missing)
        {
            return new SchemaFit($"The database's schema is older than this version needs: {missing} has not been run. Run 'migrate' of this version first.");
        }

        var removing = executed.Except(known).Where(s => s.Contains(Contracting, StringComparison.Ordinal)).Order(StringComparer.Ordinal).FirstOrDefault();
        return new SchemaFit(removing is null
            ? null
            : $"The database's schema is newer than this version can work with: it knows scripts up to {newest}, and {removing} has been run. Start a newer version.");
    }
}
