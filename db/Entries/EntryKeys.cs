namespace HealthEquity.Db.Entries;
/// <summary>x</summary>
public static class EntryKeys
{
    /// <summary>x</summary>
    public static IEnumerable<(string Type, string Value)> Of(Entry entry) => entry is null ? [] : [];
}
